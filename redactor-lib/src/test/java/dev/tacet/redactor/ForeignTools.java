package dev.tacet.redactor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encoders that are programs of their own. Each takes many texts in one process. */
final class ForeignTools {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line of base64 and of hexadecimal digits as {@code base64} and {@code xxd -p} wrap them; records are padded to whole lines. */
    private static final int BASE64_LINE = 57;

    private static final int HEX_LINE = 30;

    private static final String PYTHON = "import base64,binascii,html,json,sys,urllib.parse\n"
            + "out=[]\n"
            + "for t in json.load(sys.stdin):\n"
            + "  b=t.encode()\n"
            + "  out.append([repr(t),repr(b),urllib.parse.quote(t),urllib.parse.quote(t,safe=''),urllib.parse.quote_plus(t),"
            + "json.dumps(t),json.dumps(t,ensure_ascii=False),html.escape(t),base64.b64encode(b).decode(),"
            + "base64.urlsafe_b64encode(b).decode(),base64.encodebytes(b).decode(),binascii.hexlify(b).decode(),"
            + "binascii.hexlify(b,':').decode(),json.dumps(list(b))])\n"
            + "json.dump(out,sys.stdout)\n";
    private static final List<String> PYTHON_NAMES = List.of(
            "python repr",
            "python repr of bytes",
            "python quote",
            "python quote of all",
            "python quote_plus",
            "python json.dumps",
            "python json.dumps, not ASCII",
            "python html.escape",
            "python b64encode",
            "python urlsafe_b64encode",
            "python encodebytes",
            "python hexlify",
            "python hexlify with colons",
            "python list of bytes");

    private static final String JQ = "[@json, @uri, @base64, @sh, @html]";
    private static final List<String> JQ_NAMES = List.of("jq @json", "jq @uri", "jq @base64", "jq @sh", "jq @html");

    private final Path directory;
    private final boolean base64 = Requires.program("base64");
    private final boolean xxd = Requires.program("xxd");
    private final boolean jq = Requires.program("jq");
    private final boolean python = Requires.program("python3");

    /** Programs that are there; {@code directory} is for what they read. */
    ForeignTools(Path directory) {
        this.directory = directory;
    }

    /** By encoder, what each text becomes. */
    Map<String, List<String>> encode(List<String> texts) {
        try {
            return all(texts);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    private Map<String, List<String>> all(List<String> texts) throws IOException, InterruptedException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        if (base64) {
            all.put("base64", lines(texts, BASE64_LINE, 77, "base64"));
            all.put("base64 -w 0", lines(texts, BASE64_LINE, 76, "base64", "-w", "0"));
        }
        if (xxd) {
            all.put("xxd -p", lines(texts, HEX_LINE, 61, "xxd", "-p"));
            all.put("xxd -p -u", lines(texts, HEX_LINE, 61, "xxd", "-p", "-u"));
        }
        if (jq) {
            StringBuilder input = new StringBuilder();
            for (String text : texts) {
                input.append(JSON.writeValueAsString(text)).append('\n');
            }
            List<List<String>> rows = new ArrayList<>();
            for (String line : run(input.toString(), "jq", "-c", JQ).lines().toList()) {
                rows.add(JSON.readValue(line, new TypeReference<List<String>>() {}));
            }
            transpose(JQ_NAMES, rows, all);
        }
        if (python) {
            String rows = run(JSON.writeValueAsString(texts), "python3", "-c", PYTHON);
            transpose(PYTHON_NAMES, JSON.readValue(rows, new TypeReference<List<List<String>>>() {}), all);
        }
        return all;
    }

    private static void transpose(List<String> names, List<List<String>> rows, Map<String, List<String>> all) {
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            all.put(names.get(i), rows.stream().map(row -> row.get(column)).toList());
        }
    }

    /** All texts as one input, each padded to whole lines of the output, so that it can be cut into theirs again. */
    private List<String> lines(List<String> texts, int bytes, int characters, String... command)
            throws IOException, InterruptedException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        List<Integer> ends = new ArrayList<>();
        for (String text : texts) {
            input.writeBytes(text.getBytes(UTF_8));
            while (input.size() % bytes != 0) {
                input.write('\n');
            }
            ends.add(input.size() / bytes * characters);
        }
        String output = run(input.toString(UTF_8), command);
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int end : ends) {
            parts.add(output.substring(from, end));
            from = end;
        }
        return parts;
    }

    private String run(String input, String... command) throws IOException, InterruptedException {
        Path file = Files.createTempFile(directory, "input", "");
        Files.writeString(file, input);
        Process process = new ProcessBuilder(command)
                .redirectInput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " ended with " + process.exitValue());
        }
        Files.delete(file);
        return output;
    }
}
