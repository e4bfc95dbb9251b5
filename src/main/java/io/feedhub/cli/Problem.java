package io.feedhub.cli;

/**
 * What is wrong with a key of the configuration.
 *
 * @param line all of it in one line, as the hub says it when it does not start
 * @param found what is the case
 * @param todo what to do about it, or an empty text where the case says it
 */
record Problem(String line, String found, String todo) {

    static Problem missing(String key) {
        return missing(key, "");
    }

    /** A key that has no value; what else may be done about it begins with the semicolon that goes before it. */
    static Problem missing(String key, String instead) {
        String variable = SettingsCheck.variable(key);
        return new Problem(
                key + ": missing (" + variable + ")" + instead, key + " is missing", "set " + variable + instead);
    }

    static Problem of(String key, String what) {
        String line = key + ": " + what;
        return new Problem(line, line, "");
    }
}
