package dev.weft.cli.doctor;

import dev.weft.cli.doctor.Project.Classes;
import dev.weft.instrument.folder.CheckOutcome;
import dev.weft.instrument.folder.Finding;
import dev.weft.instrument.folder.Finding.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules about compiled classes. */
final class ClassRules {
    /** The minor version of class files that use preview features. */
    private static final int PREVIEW = 0xFFFF;

    /** The major version of class files of Java N is N and this. */
    private static final int MAJOR = 44;

    private final Project project;
    private final Machine machine;
    private final List<Complaint> found = new ArrayList<>();

    ClassRules(Project project, Machine machine) {
        this.project = project;
        this.machine = machine;
    }

    List<Complaint> complaints() {
        boolean isMaven = project.build().map(BuildFile::isMaven).orElse(true);
        if (project.build().isEmpty() || compiles(false)) {
            checkCompiled(
                    project.main(),
                    "classes-not-compiled",
                    isMaven
                            ? "Run mvn process-classes or a later phase (mvn compile ends before the"
                                    + " plugin's phase), or use weft-javac, which compiles in mvn"
                                    + " compile."
                            : "Run gradle clean classes.");
        }
        if (project.build().isEmpty() || compiles(false) || compiles(true)) {
            checkCompiled(
                    project.test(),
                    "test-classes-not-compiled",
                    isMaven
                            ? (compiles(true)
                                    ? "Run mvn process-test-classes or a later phase."
                                    : "Add the goal instrument-test to weft-maven-plugin.")
                            : "Add testAnnotationProcessor(\"dev.weft:weft-javac:VERSION\").");
        }
        for (Classes classes : List.of(project.main(), project.test())) {
            checkFormats(classes);
            checkFrames(classes);
        }
        return found;
    }

    private boolean compiles(boolean tests) {
        return project.build().map(build -> build.compiles(tests)).orElse(false);
    }

    private void checkCompiled(Classes classes, String name, String fix) {
        List<Finding> places = classes.outcome().of(Rule.NOT_COMPILED);
        if (!places.isEmpty()) {
            add(
                    classes,
                    name,
                    places.get(0).diagnostic().className()
                            + ": "
                            + places.get(0).diagnostic().message()
                            + more(places),
                    fix);
        }
    }

    private static String more(List<?> all) {
        return all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more)";
    }

    private void add(Classes classes, String name, String why, String fix) {
        found.add(new Complaint(name, classes.folder().toString(), why, fix));
    }

    private void checkFormats(Classes classes) {
        CheckOutcome outcome = classes.outcome();
        for (Finding unreadable : outcome.of(Rule.UNREADABLE)) {
            if (unreadable.diagnostic().message().contains("major version")) {
                String file = unreadable.diagnostic().file();
                tooNew(classes, file + ": " + unreadable.diagnostic().message());
                return;
            }
        }
        for (Map.Entry<Integer, String> format : outcome.formats().entrySet()) {
            int minor = format.getKey() >>> 16;
            int java = (format.getKey() & 0xFFFF) - MAJOR;
            if (minor == PREVIEW) {
                tooNew(
                        classes,
                        format.getValue()
                                + " uses preview features of Java "
                                + java
                                + ", and runs on no other version");
            } else if (java > machine.feature()) {
                tooNew(
                        classes,
                        format.getValue()
                                + " is for Java "
                                + java
                                + ", and this is Java "
                                + machine.feature());
            }
        }
    }

    private void tooNew(Classes classes, String why) {
        add(
                classes,
                "class-files-too-new",
                why,
                "Compile for the Java that runs the program (maven.compiler.release, or the"
                        + " toolchain), without --enable-preview.");
    }

    private void checkFrames(Classes classes) {
        List<Finding> wrong =
                Stream.of(Rule.FRAME_MISSING, Rule.FRAME_WITHOUT_OWNER)
                        .flatMap(rule -> classes.outcome().of(rule).stream())
                        .toList();
        if (!wrong.isEmpty()) {
            Finding first = wrong.get(0);
            add(
                    classes,
                    "frame-classes",
                    first.diagnostic().className()
                            + ": "
                            + first.diagnostic().message()
                            + more(wrong),
                    first.rule().fix());
        }
    }
}
