package dev.tacet.benchmarks;

import dev.tacet.redactor.Redactor;

/** Ours. */
record RedactorContender(Redactor redactor) implements Contender {

    @Override
    public String mask(String text) {
        return redactor.redact(text);
    }

    @Override
    public Lane over(byte[][] lines) {
        Redactor ours = redactor;
        return new Lane(lines.length, Lane.size(lines)) {
            @Override
            long pass() {
                long sum = 0;
                for (byte[] line : lines) {
                    sum += ours.redact(line).length;
                }
                return sum;
            }
        };
    }
}
