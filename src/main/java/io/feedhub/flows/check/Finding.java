package io.feedhub.flows.check;

/**
 * What is wrong with a file, and where.
 *
 * @param file the file, as the operator knows it
 * @param line from 1
 * @param column from 1
 * @param reason what is wrong
 * @param fix what to write instead; empty when nobody can know
 */
public record Finding(String file, int line, int column, String reason, String fix) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + reason + (fix.isEmpty() ? "" : "; " + fix);
    }
}
