package dev.tacet.benchmarks;

/** Something that masks. */
interface Contender {

    /** {@code text} with masks in the place of what was found. */
    String mask(String text);

    /** Its work on these lines, to be measured. What it needs in another shape is made before. */
    Lane over(byte[][] lines);
}
