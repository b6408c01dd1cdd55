package dev.tacet.redactor.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A fuzz target: any text is read, or told to be no TOML by the one exception there is for that. */
public final class TomlFuzz {
    private TomlFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Toml.Table table = TomlReader.read(new String(input, UTF_8));
            if (table.members().containsKey(null)) {
                throw new IllegalStateException("a member without a name");
            }
        } catch (TomlReader.TomlException broken) {
            if (!broken.getMessage().startsWith("line ")) {
                throw new IllegalStateException("does not say where");
            }
        }
    }
}
