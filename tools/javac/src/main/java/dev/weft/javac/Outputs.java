package dev.weft.javac;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class files that javac writes: in the folder of {@code -d}, beside their sources, or
 * elsewhere.
 */
final class Outputs {

    private final Elements elements;
    private final Filer javacs;
    private final Filer tools;
    private final Map<String, PackageOutput> packages = new HashMap<>();
    private final Map<Path, FolderFrames> frames = new HashMap<>();

    /**
     * The place of a package.
     *
     * @param name as the filer takes it
     * @param folder null if it is not in a folder of its own, or in none
     */
    private record PackageOutput(String name, @Nullable Path folder) {}

    /**
     * Finds files through javac's environment.
     *
     * @param tools the filer of the build tool, which may be javac's
     */
    Outputs(ProcessingEnvironment javac, Filer tools) {
        this.elements = javac.getElementUtils();
        this.javacs = javac.getFiler();
        this.tools = tools;
    }

    /** Returns the output of a class that javac has just written. */
    ClassOutput of(TypeElement type, @Nullable JavaFileObject source) throws IOException {
        String className = elements.getBinaryName(type).toString();
        String fileName = className.substring(className.lastIndexOf('.') + 1) + ClassOutput.SUFFIX;
        PackageElement inPackage = elements.getPackageOf(type);
        PackageOutput output = packageOutput(inPackage, fileName);
        Path folder = output.folder();
        Path beside = source == null ? null : parent(path(source.toUri()));
        if (folder == null || inPackage.isUnnamed()) {
            folder = newer(folder, beside, fileName);
        }
        if (folder == null || !Files.isRegularFile(folder.resolve(fileName))) {
            return new FilerOutput(className, javacs, output.name());
        }
        return new FolderOutput(className, folder, framesIn(folder), tracker(type, output.name()));
    }

    private PackageOutput packageOutput(PackageElement inPackage, String fileName)
            throws IOException {
        ModuleElement module = elements.getModuleOf(inPackage);
        String name = inPackage.getQualifiedName().toString();
        String withModule =
                module == null || module.isUnnamed()
                        ? name
                        : module.getQualifiedName() + "/" + name;
        PackageOutput known = packages.get(withModule);
        if (known == null) {
            known = find(name, withModule, fileName);
            packages.put(withModule, known);
        }
        return known;
    }

    /** The filer takes the name of a module only if javac compiles several. */
    private PackageOutput find(String name, String withModule, String fileName) throws IOException {
        if (!name.equals(withModule)) {
            try {
                return new PackageOutput(withModule, folder(withModule, name, fileName));
            } catch (FilerException oneModule) {
                return new PackageOutput(name, folder(name, name, fileName));
            }
        }
        return new PackageOutput(name, folder(name, name, fileName));
    }

    /** Returns null if the file is not in a folder, or in one that is not that of the package. */
    private @Nullable Path folder(String resourcePackage, String name, String fileName)
            throws IOException {
        FileObject file =
                javacs.getResource(StandardLocation.CLASS_OUTPUT, resourcePackage, fileName);
        Path folder = parent(path(file.toUri()));
        boolean ofPackage =
                folder != null && (name.isEmpty() || folder.endsWith(name.replace('.', '/')));
        return ofPackage ? folder : null;
    }

    /**
     * Without {@code -d} javac writes beside the source, and the filer looks in the current folder.
     */
    private static @Nullable Path newer(@Nullable Path one, @Nullable Path other, String fileName)
            throws IOException {
        if (one == null || !Files.isRegularFile(one.resolve(fileName))) {
            return other;
        }
        if (other == null || !Files.isRegularFile(other.resolve(fileName))) {
            return one;
        }
        int order =
                Files.getLastModifiedTime(other.resolve(fileName))
                        .compareTo(Files.getLastModifiedTime(one.resolve(fileName)));
        return order > 0 ? other : one;
    }

    private static @Nullable Path path(URI uri) {
        try {
            return Path.of(uri);
        } catch (IllegalArgumentException | FileSystemNotFoundException notOnDisk) {
            return null;
        }
    }

    private static @Nullable Path parent(@Nullable Path file) {
        return file == null ? null : file.toAbsolutePath().getParent();
    }

    private FolderFrames framesIn(Path folder) throws IOException {
        FolderFrames known = frames.get(folder);
        if (known == null) {
            known = FolderFrames.in(folder);
            frames.put(folder, known);
        }
        return known;
    }

    /**
     * Gradle deletes the files of a class that is gone, and learns of files through its own filer.
     */
    private FolderOutput.Tracker tracker(TypeElement type, String packageName) {
        if (tools.getClass() == javacs.getClass()) {
            return fileName -> {};
        }
        return fileName -> {
            try {
                tools.createResource(StandardLocation.CLASS_OUTPUT, packageName, fileName, type);
            } catch (IOException untracked) {
                // The class is complete; a frame class that stays behind later does no harm.
            }
        };
    }
}
