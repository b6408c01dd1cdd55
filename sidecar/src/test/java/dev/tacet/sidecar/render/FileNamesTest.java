package dev.tacet.sidecar.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNamesTest {

    static Stream<Arguments> unfitNames() {
        return Stream.of(
                // climbs out of the volume
                Arguments.of("../../etc/passwd", "holds a slash"),
                Arguments.of("/etc/passwd", "holds a slash"),
                // would make a directory that no output owns
                Arguments.of("a/b", "holds a slash"),
                Arguments.of("..", "means a directory"),
                Arguments.of(".", "means a directory"),
                // the commit point itself, and all that readers skip
                Arguments.of("..data", "starts with .. as only the volume's own names do"),
                Arguments.of("...", "starts with .. as only the volume's own names do"),
                // ends the name early in C
                Arguments.of("a\0b", "holds a NUL"),
                // starts a new line in a listing or log; C1 controls drive terminals too
                Arguments.of("a\nb", "holds a control character"),
                Arguments.of("a\u001b[31m", "holds a control character"),
                Arguments.of("a\u009b", "holds a control character"),
                Arguments.of("a\u007f", "holds a control character"),
                Arguments.of("", "is empty"),
                // the kernel's limit is in bytes, not in characters
                Arguments.of("x".repeat(300), "is longer than 255 bytes"),
                Arguments.of("x".repeat(256), "is longer than 255 bytes"),
                Arguments.of("ö".repeat(128), "is longer than 255 bytes"),
                // written with a substitute it could be the same file as "a?"
                Arguments.of("a\ud800", "is not Unicode text"));
    }

    @ParameterizedTest
    @MethodSource("unfitNames")
    void saysWhyANameIsUnfit(String name, String reason) {
        assertThat(FileNames.check(name)).contains(reason);
    }

    @Test
    void takesNamesThatAreMerelyUnusual() {
        List<String> names = List.of(
                "a", "größe", "x".repeat(255), "ö".repeat(127), ".hidden", "a..b", "a b", "-rf", "*", "a\\b", "a=b");
        assertThat(names).allSatisfy(name -> assertThat(FileNames.check(name)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.properties",
                "/x.properties",
                "conf//x.properties",
                "conf/",
                "conf/./x",
                "..data/x",
                "..tacet/x"
            })
    void findsFaultWithAnyNameOfAPath(String path) {
        assertThat(FileNames.checkPath(path, List.of()))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("has a name in it that "));
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                Arguments.of("application.properties", Optional.empty()),
                Arguments.of("conf/application.properties", Optional.empty()),
                // begins like a secret's name, and is another
                Arguments.of("db.properties", Optional.empty()),
                Arguments.of("conf/db", Optional.empty()),
                Arguments.of("conf/a/b", Optional.of("lies inside another output")),
                Arguments.of("conf/a", Optional.of("is written by another output")),
                Arguments.of("conf", Optional.of("is a directory of another output")),
                // a secret's name is its tree: whether a key collides would depend on the vault
                Arguments.of("db", Optional.of("is written by another output")),
                Arguments.of("db/password", Optional.of("lies inside another output")));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void keepsOutputsApart(String path, Optional<String> reason) {
        assertThat(FileNames.checkPath(path, List.of("db", "conf/a"))).isEqualTo(reason);
    }
}
