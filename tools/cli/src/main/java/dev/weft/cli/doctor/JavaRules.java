package dev.weft.cli.doctor;

import java.util.List;
import java.util.Optional;

/** The rule about the Java of this machine. */
final class JavaRules {
    /** The first Java that the runtime supports. */
    static final int OLDEST = 17;

    private JavaRules() {}

    static List<Complaint> complaints(Machine machine) {
        Optional<Integer> home = machine.featureOfHome();
        if (home.isEmpty() || home.get() >= OLDEST) {
            return List.of();
        }
        return List.of(
                tooOld(
                        "JAVA_HOME=" + machine.javaHome().orElseThrow(),
                        "build tools use this JDK, which is Java " + home.get(),
                        "Install JDK 17 or later, and let JAVA_HOME name it"));
    }

    static Complaint tooOld(String where, String what, String fix) {
        return new Complaint(
                "java-too-old",
                where,
                what + "; Weft needs Java " + OLDEST + " or later",
                fix + ".");
    }
}
