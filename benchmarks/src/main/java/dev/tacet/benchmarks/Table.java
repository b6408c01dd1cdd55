package dev.tacet.benchmarks;

import dev.tacet.benchmarks.Point.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was measured, as a table in Markdown. */
final class Table {
    private static final String HEAD = """
            | what | on | time | MB/s | beside | allocated | values found | tokens found | clean lines masked | target | |
            |---|---|--:|--:|---|--:|--:|--:|--:|---|---|
            """;

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Measured> byName = new HashMap<>();
    private final Maskers maskers = new Maskers();

    /** One point and what came out. */
    record Row(Point point, Measured measured) {}

    void add(Row row) {
        rows.add(row);
        byName.put(row.point().name(), row.measured());
    }

    /**
     * @param all every row; else, of sections with many alike, only the worst
     * @param last rows that others have measured, ready to be printed
     */
    String print(boolean all, List<String> last) {
        StringBuilder table = new StringBuilder(HEAD);
        for (Section section : Section.values()) {
            List<Row> own = rows.stream()
                    .filter(row -> row.point().section() == section)
                    .toList();
            shown(own, all ? Integer.MAX_VALUE : section.shown())
                    .forEach(row -> table.append(cells(row)).append('\n'));
        }
        last.forEach(row -> table.append(filledUp(row)).append('\n'));
        return table.toString();
    }

    /** What each of those in the table found of each form, as a table of its own. */
    String printRecall() {
        Map<String, Recall> known = maskers.known();
        if (known.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("| found | " + String.join(" | ", known.keySet()) + " |\n");
        table.append("|---").append("|--:".repeat(known.size())).append("|\n");
        for (String form : known.values().iterator().next().byForm().keySet()) {
            table.append("| ").append(form);
            known.values()
                    .forEach(recall -> table.append(" | ")
                            .append(Figures.percent(recall.byForm().getOrDefault(form, 0.0))));
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String filledUp(String row) {
        long missing = bars(HEAD.substring(0, HEAD.indexOf('\n'))) - bars(row);
        return missing > 0 ? row + "  |".repeat((int) missing) : row;
    }

    private static long bars(String row) {
        return row.chars().filter(c -> c == '|').count();
    }

    private static List<Row> shown(List<Row> own, int most) {
        if (own.size() <= most) {
            return own;
        }
        List<Row> worst = new ArrayList<>(own);
        worst.sort(Comparator.comparingDouble(row -> -row.measured().ratio()));
        return worst.subList(0, most);
    }

    private String cells(Row row) {
        Point point = row.point();
        Measured measured = row.measured();
        List<String> cells = new ArrayList<>(List.of(
                point.what(),
                point.on(),
                time(row),
                Figures.number(measured.bytesPerSecond() / 1e6),
                beside(row),
                point.section() == Section.ROTATION ? "–" : Figures.bytes(measured.allocated())));
        cells.addAll(recall(point));
        cells.add(point.target().map(Target::text).orElse(""));
        cells.add(verdict(row));
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String time(Row row) {
        return row.point().kind() == Effort.Kind.HEAP
                ? Figures.bytes(row.measured().most())
                : Figures.time(row.measured().time());
    }

    private String beside(Row row) {
        String ratio = row.point().beside().show(row.measured());
        Measured clean = byName.get(AdversaryPoints.CLEAN);
        if (row.point().section() != Section.ADVERSARY || clean == null) {
            return ratio;
        }
        return Figures.number(row.measured().ratio() / clean.ratio()) + "× clean, " + ratio;
    }

    private List<String> recall(Point point) {
        if (point.masker().equals(Maskers.NONE)) {
            return List.of("", "", "");
        }
        Recall recall = maskers.recall(point.masker());
        return List.of(
                Figures.percent(recall.values()),
                Figures.percent(recall.tokens()),
                Figures.number(recall.falseMasks()));
    }

    /** Empty when nothing was promised, or a point that it is compared with was not measured. */
    private String verdict(Row row) {
        return row.point()
                .target()
                .flatMap(target -> target.check().met(row.measured(), byName))
                .map(yes -> yes ? "met" : "**missed**")
                .orElse("");
    }

    /** A row for whoever watches. */
    String line(Row row) {
        return time(row) + "  " + beside(row) + "  "
                + Figures.bytes(row.measured().allocated()) + " allocated  " + verdict(row);
    }
}
