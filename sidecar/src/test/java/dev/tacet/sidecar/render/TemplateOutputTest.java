package dev.tacet.sidecar.render;

import static dev.tacet.sidecar.render.Rendering.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.sidecar.config.ConfigFile;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.config.FileSettings.Escape;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.testing.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

final class TemplateOutputTest {
    @TempDir
    Path directory;

    /** Each value has a meaning in at least one of the languages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "\"; DROP",
                "a'b",
                "a\\b\\",
                " a b ",
                "a\r\nb\tc",
                "<a b=\"c\">&amp;]]>",
                "#{x}${y}%z!:=",
                "`id` $(id)",
                "größe 🔑",
                "{{other/x}}"
            })
    void readersReadBackTheValue_row26(String value) throws Exception {
        assertThat(new ObjectMapper()
                        .readTree(fill(Escape.JSON, "{\"a\": [\"x{{db/v}}y\"]}", value))
                        .path("a")
                        .path(0)
                        .asText())
                .isEqualTo("x" + value + "y");
        Map<String, String> yaml = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(new String(fill(Escape.YAML, "a: \"x{{db/v}}y\"\n", value), StandardCharsets.UTF_8));
        assertThat(yaml).containsEntry("a", "x" + value + "y");
        Element xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(fill(Escape.XML, "<a b='{{db/v}}'>{{{db/v}}}</a>", value)))
                .getDocumentElement();
        assertThat(xml.getAttribute("b")).isEqualTo(value);
        assertThat(xml.getTextContent()).isEqualTo(value);
        Properties properties = new Properties();
        properties.load(new StringReader(
                new String(fill(Escape.PROPERTIES, "a={{db/v}}\nb=x{{&db/v}}y\n", value), StandardCharsets.US_ASCII)));
        assertThat(properties).containsEntry("a", value).containsEntry("b", "x" + value + "y");
        byte[] script = fill(Escape.SHELL, "printf %s x{{db/v}}y", value);
        assertThat(Command.run(List.of("bash"), script).out()).asString().isEqualTo("x" + value + "y");
        assertThat(fill(Escape.NONE, "x{{db/v}}y", value)).asString().isEqualTo("x" + value + "y");
    }

    @Test
    void holdsWhatDependsOnASecretOnlyWhenThatIsThere() throws IOException {
        String template = """
                password={{db/v}}
                {{#other}}
                token={{other/t}}
                {{/other}}
                {{^other}}
                no token
                {{/other}}
                """;
        Rendering rendering = new Rendering(template(Escape.NONE, template));
        assertThat(Rendering.text(rendering.render(Map.of("db", data("v", "p"))), "f"))
                .isEqualTo("password=p\nno token\n");
        assertThat(Rendering.text(rendering.render(Map.of("db", data("v", "p"), "other", data("t", "q"))), "f"))
                .isEqualTo("password=p\ntoken=q\n");
    }

    @Test
    void namesFileAndKeyWhenAKeyDisappears_row38() throws IOException {
        Rendering rendering = new Rendering(template(Escape.NONE, "{{db/v}} {{#other}}{{other/t}}{{/other}}"));
        assertThat(rendering.unfit("db", data("w", "canary")).message())
                .isEqualTo("db/v is missing, and f draws from it");
        assertThat(rendering.unfit("other", data("w", "canary")).message())
                .isEqualTo("other/t is missing, and f draws from it");
    }

    @ParameterizedTest
    @EnumSource(
            value = Escape.class,
            names = {"XML", "SHELL"})
    void refusesWhatItsLanguageCannotHold(Escape escape) throws IOException {
        Rendering rendering = new Rendering(template(escape, escape == Escape.XML ? "<a>{{db/v}}</a>" : "a={{db/v}}"));
        assertThat(rendering.unfit("db", data("v", "canary\0")).message())
                .startsWith("db/v holds a ")
                .doesNotContain("canary");
    }

    @Test
    void refusesAValueThatBreaksTheDocument() throws IOException {
        String canary = "canary-1 2";
        Rendering rendering = new Rendering(template(Escape.JSON, "{\"port\": {{db/v}}}"));
        assertThat(rendering.file(data("v", "5432"))).asString().isEqualTo("{\"port\": 5432}");
        Problem problem = rendering.unfit("db", data("v", canary));
        assertThat(problem.message()).isEqualTo("f would be broken by a value of db");
        assertThat(problem.toString()).doesNotContain(canary);
    }

    @Test
    void keepsTheLastGoodBytesWhereValuesTogetherBreakTheDocument_row39() throws IOException {
        // Each alone is fit beside a 1, and both together are not: a number cannot go on with a minus.
        Rendering rendering = new Rendering(template(Escape.JSON, "[{{db/v}}{{other/v}}]"));
        Rendered good = rendering.render(Map.of("db", data("v", "1"), "other", data("v", "2")));
        assertThat(Rendering.text(good, "f")).isEqualTo("[12]");
        Map<String, SecretData> bad = Map.of("db", data("v", "1e"), "other", data("v", ".5"));
        Rendered kept = rendering.render(bad, Previous.of(good));
        assertThat(Rendering.text(kept, "f")).isEqualTo("[12]");
        assertThat(kept.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("f");
            assertThat(problem.message()).isEqualTo("f would be broken by its values together");
            assertThat(problem.kept()).isTrue();
        });
        Rendered first = rendering.render(bad);
        assertThat(first.files()).doesNotContainKey("f").containsKey("db/v");
        assertThat(first.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.kept()).isFalse());
    }

    private byte[] fill(Escape escape, String template, String value) throws IOException {
        return new Rendering(template(escape, template)).file(data("v", value));
    }

    /** As the configuration gives it. */
    private FileSettings template(Escape escape, String template) throws IOException {
        Files.writeString(directory.resolve("f.tmpl"), template);
        Path config = Files.writeString(directory.resolve("tacet.yaml"), """
                volume: {path: /v}
                age: {file: a, identity-file: b}
                secrets:
                  db: {path: db}
                  other: {path: other, required: %s}
                files:
                  f: {format: template, template-file: f.tmpl, escape: %s}
                """.formatted(
                        !template.contains("{{#other}}"), escape.name().toLowerCase(Locale.ROOT)));
        return ConfigFile.read(config).files().get(0);
    }
}
