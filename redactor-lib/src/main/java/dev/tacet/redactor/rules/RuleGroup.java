package dev.tacet.redactor.rules;

import dev.tacet.redactor.match.Detector;
import java.util.List;

/** Rules that look through an input together. */
interface RuleGroup {

    /** The rules' names, as masks show them. */
    List<String> names();

    /** What looks for them. The hits of the rule {@code names().get(i)} have the id {@code firstId + i}. */
    Detector detector(int firstId);
}
