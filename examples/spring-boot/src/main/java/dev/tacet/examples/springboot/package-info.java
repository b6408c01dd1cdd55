/**
 * A Spring Boot service whose properties come from the volume: {@code spring.config.import=configtree:<volume>/}.
 *
 * <p>{@link dev.tacet.examples.springboot.OrdersApplication} is the entry point. Spring reads a tree once;
 * {@link dev.tacet.examples.springboot.RotationFollower} is what makes it read again.
 */
@NullMarked
package dev.tacet.examples.springboot;

import org.jspecify.annotations.NullMarked;
