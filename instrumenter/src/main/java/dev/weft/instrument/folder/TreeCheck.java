package dev.weft.instrument.folder;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Inspection;
import dev.weft.instrument.Severity;
import dev.weft.instrument.folder.Finding.Rule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that all async code of folders and jars is compiled, by one version, with its frame
 * classes. Nothing is changed. Classes find each other by their folder, so each version of a
 * multi-release tree is separate.
 */
public final class TreeCheck {
    /** A class that is compiled, or a frame class. */
    private record Known(String container, String path, Inspection facts) {}

    /** By container and path. */
    private final Map<String, Known> known = new LinkedHashMap<>();

    /** The classes that have a finding already; their frame classes get none. */
    private final Set<String> reported = new HashSet<>();

    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> versions = new HashSet<>();
    private final Map<Integer, String> formats = new HashMap<>();
    private final List<String> slow = new ArrayList<>();
    private int compiled;

    private TreeCheck() {}

    /**
     * Checks folders, jars and class files.
     *
     * @throws IOException when one of them does not exist or cannot be read
     */
    public static CheckOutcome of(List<Path> roots) throws IOException {
        TreeCheck check = new TreeCheck();
        for (Path root : roots) {
            ClassContainers.read(root, check::take);
        }
        check.relate();
        return new CheckOutcome(
                check.findings, check.compiled, check.versions, check.formats, check.slow);
    }

    private void take(String container, String path, byte[] classFile) {
        if (!AsyncCompiler.concerns(classFile)) {
            return;
        }
        Inspection facts = AsyncCompiler.inspect(classFile);
        if (facts.frameOwner() == null && AsyncCompiler.hasCoverageShape(classFile)) {
            slow.add(className(path));
        }
        if (facts.frameOwner() == null) {
            formats.putIfAbsent(ByteBuffer.wrap(classFile).getInt(Integer.BYTES), path);
        }
        for (Diagnostic place : facts.uncompiled()) {
            findings.add(new Finding(Rule.NOT_COMPILED, container, place));
        }
        Diagnostic unreadable = facts.unreadable();
        if (unreadable != null) {
            boolean nameless = unreadable.className().isEmpty() && unreadable.file().isEmpty();
            Diagnostic named = nameless ? about(path, "", unreadable.message()) : unreadable;
            findings.add(new Finding(Rule.UNREADABLE, container, named));
        }
        String version = facts.version();
        if (version != null) {
            versions.add(version);
            known.put(key(container, path), new Known(container, path, facts));
        } else if (facts.unreadable() != null || !facts.uncompiled().isEmpty()) {
            reported.add(key(container, path));
        }
    }

    private static String key(String container, String path) {
        return container + "\n" + path;
    }

    private void relate() {
        for (Known each : known.values()) {
            if (each.facts().frameOwner() == null) {
                compiled++;
                checkVersion(each);
                checkFrames(each);
            } else {
                checkOwner(each);
            }
        }
    }

    private void checkVersion(Known each) {
        String version = each.facts().version();
        if (!AsyncCompiler.version().equals(version)) {
            String message =
                    "compiled by Weft " + version + ", and this is Weft " + AsyncCompiler.version();
            add(Rule.OTHER_VERSION, each, message);
        }
    }

    private void checkFrames(Known owner) {
        for (String name : owner.facts().frameClasses()) {
            Known frame = sibling(owner, name);
            if (frame == null) {
                add(Rule.FRAME_MISSING, owner, "the frame class " + dotted(name) + " is missing");
            } else if (!Objects.equals(frame.facts().version(), owner.facts().version())) {
                String message =
                        "the frame class "
                                + dotted(name)
                                + " was compiled by Weft "
                                + frame.facts().version()
                                + ", and its class by Weft "
                                + owner.facts().version();
                add(Rule.OTHER_VERSION, owner, message);
            }
        }
    }

    private void checkOwner(Known frame) {
        String owner = Objects.requireNonNull(frame.facts().frameOwner());
        Known present = sibling(frame, owner);
        if (present == null) {
            if (!reported.contains(siblingKey(frame, owner))) {
                String message =
                        "a frame class of "
                                + dotted(owner)
                                + ", which is gone or has no async code";
                add(Rule.FRAME_WITHOUT_OWNER, frame, message);
            }
        } else if (!present.facts().frameClasses().contains(name(frame.path(), owner))) {
            String message = "a frame class that " + dotted(owner) + " does not use any more";
            add(Rule.FRAME_WITHOUT_OWNER, frame, message);
        }
    }

    /** Returns the class of an internal name in the same folder as another; null if absent. */
    private @Nullable Known sibling(Known each, String name) {
        return known.get(siblingKey(each, name));
    }

    private static String siblingKey(Known each, String name) {
        String folder = each.path().substring(0, each.path().lastIndexOf('/') + 1);
        return key(each.container(), folder + name.substring(name.lastIndexOf('/') + 1) + ".class");
    }

    /** Returns the internal name of a class in the package of another. */
    private static String name(String path, String sibling) {
        String file = path.substring(path.lastIndexOf('/') + 1, path.length() - ".class".length());
        return sibling.substring(0, sibling.lastIndexOf('/') + 1) + file;
    }

    private void add(Rule rule, Known each, String message) {
        findings.add(
                new Finding(rule, each.container(), about("", className(each.path()), message)));
    }

    private static String className(String path) {
        return dotted(path.substring(0, path.length() - ".class".length()));
    }

    private static Diagnostic about(String file, String className, String message) {
        return new Diagnostic(Severity.ERROR, null, file, 0, className, "", message);
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
