/** The YAML file as records; every error names file, line, column, key and what would be right. */
@NullMarked
package dev.tacet.sidecar.config;

import org.jspecify.annotations.NullMarked;
