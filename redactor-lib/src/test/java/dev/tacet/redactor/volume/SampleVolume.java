package dev.tacet.redactor.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A volume in our layout, made by hand the way the sidecar does. */
public final class SampleVolume {
    private final Path root;
    private final Map<String, String> needles = new LinkedHashMap<>();
    private int generation;

    public SampleVolume(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public Path control() {
        return root.resolve(VolumeLayout.CONTROL);
    }

    /** Replaces {@code needles.json} with the old needles and this one. */
    public void writeNeedle(String name, String value) throws IOException {
        needles.put(name + '\n' + value, value);
        StringBuilder json = new StringBuilder("{\"v\":1,\"needles\":[");
        String comma = "";
        for (Map.Entry<String, String> one : needles.entrySet()) {
            json.append(comma)
                    .append("{\"name\":\"")
                    .append(one.getKey(), 0, one.getKey().indexOf('\n'))
                    .append("\",\"version\":\"1\",\"value\":\"")
                    .append(Base64.getEncoder().encodeToString(one.getValue().getBytes(UTF_8)))
                    .append("\",\"sensitive\":\"auto\",\"since\":\"2026-11-23T20:04:05Z\",\"until\":null}");
            comma = ",";
        }
        writeNeedles(json.append("]}").toString());
    }

    public void writeNeedles(String json) throws IOException {
        Files.createDirectories(control());
        Path next = control().resolve("needles.json.new");
        Files.writeString(next, json);
        Files.move(next, control().resolve(VolumeLayout.NEEDLES), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Publishes one file the way the kubelet does: a new directory, a link to it, a rename. */
    public void publish(String name, String value) throws IOException {
        Path directory = Files.createDirectories(root.resolve("..2026_11_23_20_04_05." + generation++));
        Files.writeString(directory.resolve(name), value);
        Path link = root.resolve("..data_tmp");
        Files.createSymbolicLink(link, directory.getFileName());
        Files.move(link, root.resolve(VolumeLayout.DATA), StandardCopyOption.ATOMIC_MOVE);
        Path user = root.resolve(name);
        if (!Files.exists(user)) {
            Files.createSymbolicLink(user, Path.of(VolumeLayout.DATA, name));
        }
    }
}
