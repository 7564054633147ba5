package dev.weft.cli.doctor;

/**
 * A mistake in the set-up of a project.
 *
 * @param name with hyphens, {@code no-plugin}
 * @param where the file or folder
 */
public record Complaint(String name, String where, String why, String fix) {
    /** Returns the lines for a user. */
    public String text() {
        return name + "\n  where  " + where + "\n  why    " + why + "\n  fix    " + fix + "\n";
    }
}
