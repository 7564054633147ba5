package dev.weft.cli.run;

import dev.weft.cli.CommandException;
import dev.weft.cli.text.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** A source file that is read once. The first line may be that of a script, {@code #!...}. */
final class SourceText extends SimpleJavaFileObject {

    private final Path path;
    private final String text;

    private SourceText(Path path, String text) {
        super(path.toUri(), JavaFileObject.Kind.SOURCE);
        this.path = path;
        this.text = text;
    }

    static SourceText read(Path path) {
        try {
            String text = withoutMark(Files.readString(path, StandardCharsets.UTF_8));
            return new SourceText(path, text.startsWith("#!") ? "//" + text : text);
        } catch (CharacterCodingException e) {
            throw CommandException.wrongUse(path + " is not UTF-8: convert the file");
        } catch (IOException e) {
            throw CommandException.wrongUse("cannot read " + path + ": " + Reason.of(e));
        }
    }

    /** Removes a byte order mark, which javac does not accept. */
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    String text() {
        return text;
    }

    Path path() {
        return path;
    }

    /** Returns the name for messages, as it was written on the command line. */
    @Override
    public String getName() {
        return path.toString();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }

    /** Returns true, so that a public class may have any name. */
    @Override
    public boolean isNameCompatible(String simpleName, JavaFileObject.Kind kind) {
        return kind == JavaFileObject.Kind.SOURCE;
    }
}
