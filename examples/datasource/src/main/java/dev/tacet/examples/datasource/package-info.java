/**
 * A DataSource that follows the rotations of a database credential.
 *
 * <p>{@link dev.tacet.examples.datasource.RotatingDataSource} is all of it; its test is the application under load.
 */
@NullMarked
package dev.tacet.examples.datasource;

import org.jspecify.annotations.NullMarked;
