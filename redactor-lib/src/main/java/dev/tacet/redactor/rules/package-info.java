/**
 * Rules that find tokens by their shape, for what is in no volume: built-in ones ({@link dev.tacet.redactor.rules.Rules#builtIn})
 * and those of a file in gitleaks' TOML format ({@link dev.tacet.redactor.rules.Rules#read}).
 */
@NullMarked
package dev.tacet.redactor.rules;

import org.jspecify.annotations.NullMarked;
