package dev.tacet.redactor.volume;

import dev.tacet.redactor.Mask;
import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * {@code ..tacet/needles.json}, which the sidecar keeps: {@code {"v":1,"needles":[{name, version, value (base64),
 * sensitive (auto|always|never), since, until}]}}.
 *
 * <p>Unknown members are for later versions and are passed over; so are {@code since} and {@code until}, since the sidecar
 * takes out what is over. An unknown {@code v} makes the file unusable as a whole, and so does any needle that is: half
 * a set of secrets would look like all of it.
 */
final class NeedlesFile {
    private static final int MOST_BYTES = 64 << 20;

    private NeedlesFile() {}

    static List<Needle> read(Path file) throws IOException, BrokenException {
        return parse(RegularFile.read(file, MOST_BYTES));
    }

    static List<Needle> parse(byte[] json) throws BrokenException {
        if (!(JsonReader.read(json) instanceof Json.Obj root)) {
            throw new BrokenException("is no JSON object");
        }
        if (!root.is("v", 1)) {
            throw new BrokenException("has another version than 1");
        }
        if (!(root.members().get("needles") instanceof Json.Arr list)) {
            throw new BrokenException("has no list of needles");
        }
        List<Needle> needles = new ArrayList<>();
        for (Json item : list.items()) {
            needles.add(needle(item, needles.size()));
        }
        return List.copyOf(needles);
    }

    private static Needle needle(Json item, int index) throws BrokenException {
        if (!(item instanceof Json.Obj needle)) {
            throw new BrokenException("has something else than an object at needle " + index);
        }
        String name = needle.text("name").orElseThrow(() -> new BrokenException("has no name at needle " + index));
        String where = "at needle " + new Mask(name).name();
        String value = needle.text("value").orElseThrow(() -> new BrokenException("has no value " + where));
        Sensitivity sensitivity = switch (needle.text("sensitive").orElse("auto")) {
            case "auto" -> Sensitivity.AUTO;
            case "always" -> Sensitivity.ALWAYS;
            case "never" -> Sensitivity.NEVER;
            default -> throw new BrokenException("has an unknown sensitivity " + where);
        };
        try {
            SecretValue bytes = SecretValue.of(Base64.getDecoder().decode(value));
            return new Needle(name, needle.text("version").orElse(""), bytes, sensitivity);
        } catch (IllegalArgumentException broken) {
            // Its message quotes the value.
            throw new BrokenException("has a value that is not base64 " + where);
        }
    }
}
