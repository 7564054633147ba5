package dev.weft.instrument.targets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.model.Marker;
import dev.weft.instrument.support.Toolchain;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/** The compiler changes only classes with async bodies. */
class UntouchedTest {
    private final AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
    private final Compilations targets = Compilations.of(Toolchain.JAVAC);

    @Test
    void aClassWithoutAsyncBodiesIsLeftAlone() {
        assertThat(compiler.compile(targets.before().get("properties/Plain")).classes()).isEmpty();
        assertThat(compiler.compile(targets.before().get("targets/Steps$Failure")).classes())
                .isEmpty();
    }

    @Test
    void aClassThatDoesNotNameWeftIsNotEvenParsed() {
        byte[] bytes = targets.before().get("properties/Unrelated").clone();
        int afterConstantPool = new ClassReader(bytes).header;
        byte[] garbage = new byte[bytes.length - afterConstantPool];
        new Random(1).nextBytes(garbage);
        System.arraycopy(garbage, 0, bytes, afterConstantPool, garbage.length);
        assertThat(compiler.compile(bytes)).isEqualTo(new Compiled(List.of(), List.of()));
    }

    @Test
    void theInputIsNotWrittenTo() {
        byte[] bytes = targets.before().get("targets/Loops");
        byte[] copy = bytes.clone();
        compiler.compile(bytes);
        assertThat(bytes).isEqualTo(copy);
    }

    @Test
    void whatIsCompiledIsLeftAlone() {
        targets.after()
                .forEach(
                        (name, bytes) -> {
                            Compiled again = compiler.compile(bytes);
                            assertThat(again.classes()).as(name).isEmpty();
                            assertThat(again.diagnostics()).as(name).isEmpty();
                        });
    }

    @Test
    void whatAnotherVersionHasCompiledIsRefusedByName() {
        String text = new String(targets.after().get("targets/Loops"), ISO_8859_1);
        assertThat(text).containsOnlyOnce("\u0000\u0005" + Marker.VERSION);
        byte[] other =
                text.replace("\u0000\u0005" + Marker.VERSION, "\u0000\u00050.0.9")
                        .getBytes(ISO_8859_1);
        Compiled compiled = compiler.compile(other);
        assertThat(compiled.classes()).isEmpty();
        assertThat(compiled.diagnostics())
                .singleElement()
                .extracting(Diagnostic::message)
                .asString()
                .contains("targets.Loops", "0.0.9", Marker.VERSION, "compile its source again");
    }

    @Test
    void classesThatAreMissingAreNoError() {
        assertThat(targets.changed()).containsKey("properties/Lonely");
    }

    @Test
    void frameClassesNameTheirOwner() {
        assertThat(targets.added()).isNotEmpty();
        targets.added()
                .forEach(
                        (name, bytes) -> {
                            String owner = AsyncCompiler.frameOwner(bytes);
                            assertThat(targets.changed()).as(name).containsKey(owner);
                            assertThat(name).startsWith(owner + "$");
                        });
        targets.before().values().forEach(b -> assertThat(AsyncCompiler.frameOwner(b)).isNull());
        targets.changed().values().forEach(b -> assertThat(AsyncCompiler.frameOwner(b)).isNull());
    }

    @Test
    void theSameInputGivesTheSameBytesOnEveryThread() {
        targets.before().entrySet().stream()
                .parallel()
                .forEach(
                        entry -> {
                            for (var file : compiler.compile(entry.getValue()).classes()) {
                                assertThat(
                                                Arrays.equals(
                                                        file.bytes(),
                                                        targets.after().get(file.name())))
                                        .as(file.name())
                                        .isTrue();
                            }
                        });
    }

    @Test
    void theCompiledClassComesFirst() {
        Compiled compiled = compiler.compile(targets.before().get("targets/Loops"));
        assertThat(compiled.classes().get(0).name()).isEqualTo("targets/Loops");
        assertThat(compiled.classes()).hasSizeGreaterThan(5).doesNotHaveDuplicates();
    }
}
