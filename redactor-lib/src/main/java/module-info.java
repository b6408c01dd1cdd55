/**
 * The redactor. {@code dev.tacet.redactor} is its front door, {@code logback} what a {@code logback.xml} names; how matching is done is nobody's
 * business.
 */
// RE2/J has no module descriptor; its name as a module comes from its file's.
@SuppressWarnings("requires-automatic")
module dev.tacet.redactor {
    requires re2j;
    // Static, and not transitive: an application needs neither to compile.
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;
    requires static micrometer.core;
    requires static org.slf4j;
    requires static org.jspecify;

    exports dev.tacet.redactor;
    exports dev.tacet.redactor.logback;
    exports dev.tacet.redactor.metrics;
    exports dev.tacet.redactor.rules;
    exports dev.tacet.redactor.stream;
    exports dev.tacet.redactor.volume;
}
