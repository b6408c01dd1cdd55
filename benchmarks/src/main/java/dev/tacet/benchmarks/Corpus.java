package dev.tacet.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What is looked through: real log lines, and larger events made of a fixed seed. None of it holds a secret. */
final class Corpus {
    private static final int ABOUT = 2 << 20;
    private static final List<String> LOGS =
            List.of("Android", "Apache", "BGL", "HDFS", "Hadoop", "Linux", "OpenSSH", "Spark");

    private Corpus() {}

    /** The 16,000 lines of loghub's eight samples. */
    static byte[][] lines() {
        List<byte[]> lines = new ArrayList<>();
        texts().forEach(text -> lines.add(text.getBytes(UTF_8)));
        return lines.toArray(byte[][]::new);
    }

    static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String log : LOGS) {
            try {
                byte[] file = Files.readAllBytes(SharedData.path("loghub/" + log + "_2k.log"));
                new String(file, UTF_8).lines().forEach(texts::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    /** Those with a keyword of gitleaks, or those without any. */
    static byte[][] lines(boolean withKeyword) {
        KeywordFilter filter = new KeywordFilter(GitleaksFile.keywords());
        BitSet found = new BitSet();
        List<byte[]> lines = new ArrayList<>();
        for (String text : texts()) {
            filter.find(text, found);
            if (found.isEmpty() != withKeyword) {
                lines.add(text.getBytes(UTF_8));
            }
        }
        return lines.toArray(byte[][]::new);
    }

    /** Every {@code step}th of them. */
    static byte[][] every(int step, byte[][] lines) {
        List<byte[]> some = new ArrayList<>();
        for (int i = 0; i < lines.length; i += step) {
            some.add(lines[i]);
        }
        return some.toArray(byte[][]::new);
    }

    /** The lines with one of the values at the end of every {@code step}th, in turn as it is, in JSON and in base64. */
    static byte[][] withHits(byte[][] lines, List<String> values, int step) {
        byte[][] out = lines.clone();
        List<String> ways = List.of("plain", "JSON", "base64 with both");
        for (int i = 0; i < lines.length; i += step) {
            int hit = i / step;
            Spelling spelling = Spelling.all(values.get(hit % values.size())).get(ways.get(hit % ways.size()));
            if (spelling != null) {
                out[i] = (new String(lines[i], UTF_8) + " " + spelling.text()).getBytes(UTF_8);
            }
        }
        return out;
    }

    /** JSON log events of about a kibibyte each. */
    static byte[][] jsonEvents() {
        Random random = new Random(1);
        List<String> texts = texts();
        byte[][] events = new byte[ABOUT / 1024][];
        for (int i = 0; i < events.length; i++) {
            StringBuilder json = new StringBuilder("{\"@timestamp\":\"2026-11-24T10:")
                    .append(String.format(Locale.ROOT, "%02d:%02d.%03dZ", i / 60 % 60, i % 60, i % 1000))
                    .append("\",\"level\":\"INFO\",\"thread_name\":\"http-nio-8080-exec-")
                    .append(i % 200)
                    .append("\",\"logger_name\":\"com.example.orders.OrderController\",\"trace_id\":\"")
                    .append(Values.text(random, "0123456789abcdef", 32))
                    .append("\",\"span_id\":\"")
                    .append(Values.text(random, "0123456789abcdef", 16))
                    .append("\",\"status\":200,\"duration_ms\":")
                    .append(random.nextInt(1000))
                    .append(",\"message\":\"")
                    .append(Spelling.json(texts.get(random.nextInt(texts.size()))));
            while (json.length() < 1000) {
                json.append(" | ").append(Spelling.json(texts.get(random.nextInt(texts.size()))));
            }
            events[i] = json.append("\"}\n").toString().getBytes(UTF_8);
        }
        return events;
    }

    /** Events with a stack trace of about 16 KiB each. */
    static byte[][] stackTraces() {
        Random random = new Random(2);
        String[] packages = {"com.example.orders", "org.springframework.web.servlet", "java.base/java.util.concurrent"};
        String[] types = {"OrderService", "DispatcherServlet", "ThreadPoolExecutor$Worker", "Invoker$$Lambda/0x00007f2a"
        };
        byte[][] events = new byte[ABOUT / (16 << 10)][];
        for (int i = 0; i < events.length; i++) {
            StringBuilder trace = new StringBuilder("2026-11-24 10:00:00,000 ERROR [exec-")
                    .append(i)
                    .append("] orders - cannot place order ")
                    .append(random.nextInt(1_000_000))
                    .append("\njava.lang.IllegalStateException: no stock\n");
            while (trace.length() < 16_000) {
                if (random.nextInt(40) == 0) {
                    trace.append("Caused by: java.io.IOException: connection reset by peer\n");
                }
                String type = types[random.nextInt(types.length)];
                trace.append("\tat ")
                        .append(packages[random.nextInt(packages.length)])
                        .append('.')
                        .append(type)
                        .append(".invoke")
                        .append(random.nextInt(100))
                        .append('(')
                        .append(type)
                        .append(".java:")
                        .append(random.nextInt(2000))
                        .append(")\n");
            }
            events[i] = trace.toString().getBytes(UTF_8);
        }
        return events;
    }

    /** The log lines again, in pieces of {@code size} bytes and together two mebibytes. */
    static byte[][] chunks(int size) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines()) {
            all.writeBytes(line);
            all.write('\n');
        }
        return cut(all.toByteArray(), size, Math.max(1, ABOUT / size));
    }

    /** {@code count} pieces of {@code size} bytes of {@code text}, which is read round and round. */
    static byte[][] cut(byte[] text, int size, int count) {
        byte[][] chunks = new byte[count][size];
        int at = 0;
        for (byte[] chunk : chunks) {
            for (int i = 0; i < size; i++) {
                chunk[i] = text[at];
                at = at + 1 == text.length ? 0 : at + 1;
            }
        }
        return chunks;
    }
}
