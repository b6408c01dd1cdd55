package dev.tacet.benchmarks;

import java.util.Locale;

/** Numbers as the table shows them: three digits that matter. */
final class Figures {
    private Figures() {}

    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        String text = String.format(Locale.ROOT, pattern, value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    static String time(double nanos) {
        if (nanos < 1e3) {
            return number(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return number(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? number(nanos / 1e6) + " ms" : number(nanos / 1e9) + " s";
    }

    static String bytes(double bytes) {
        if (bytes < 1e4) {
            return number(Math.rint(bytes)) + " B";
        }
        return bytes < 1e6 ? number(bytes / 1e3) + " kB" : number(bytes / 1e6) + " MB";
    }

    static String percent(double share) {
        // Rounded down: only all is 100 %.
        return number(Math.floor(share * 1000) / 10) + " %";
    }
}
