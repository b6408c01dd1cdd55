package dev.tacet.redactor.rules;

import java.util.List;

/** The rules that come with this library. */
final class BuiltIn {
    private BuiltIn() {}

    static List<RuleGroup> groups() {
        return List.of();
    }
}
