package dev.weft.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Woven;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged class files are compiled, left alone, or refused. They never lead to an exception, and
 * never keep the compiler for long.
 */
class DamagedClassFilesTest {
    private static final int MUTANTS = 4_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final List<byte[]> ORIGINALS = originals();

    private final AsyncCompiler compiler = new AsyncCompiler(Options.defaults());

    /** A way to damage a file. */
    enum Damage {
        BYTES {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] damaged = file.clone();
                for (int i = 1 + random.nextInt(8); i > 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                return damaged;
            }
        },
        BITS {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] damaged = file.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                return damaged;
            }
        },
        EXTREMES {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] damaged = file.clone();
                int at = random.nextInt(damaged.length - 4);
                byte value = (byte) (random.nextBoolean() ? 0xFF : random.nextBoolean() ? 0x7F : 0);
                Arrays.fill(damaged, at, at + 1 + random.nextInt(4), value);
                return damaged;
            }
        },
        TRUNCATION {
            @Override
            byte[] apply(byte[] file, Random random) {
                return Arrays.copyOf(file, random.nextInt(file.length));
            }
        },
        REMOVAL {
            @Override
            byte[] apply(byte[] file, Random random) {
                int from = random.nextInt(file.length);
                int to = Math.min(file.length, from + 1 + random.nextInt(40));
                byte[] damaged = Arrays.copyOf(file, file.length - (to - from));
                System.arraycopy(file, to, damaged, from, file.length - to);
                return damaged;
            }
        },
        SPLICE {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] other = ORIGINALS.get(random.nextInt(ORIGINALS.size()));
                int at = random.nextInt(Math.min(file.length, other.length));
                byte[] damaged = Arrays.copyOf(file, at + other.length - at);
                System.arraycopy(other, at, damaged, at, other.length - at);
                return damaged;
            }
        };

        abstract byte[] apply(byte[] file, Random random);
    }

    @ParameterizedTest
    @EnumSource
    void areNeverAnException(Damage damage) {
        Random random = new Random(damage.name().hashCode());
        assertTimeoutPreemptively(
                LIMIT,
                () -> {
                    for (int i = 0; i < MUTANTS; i++) {
                        byte[] original = ORIGINALS.get(random.nextInt(ORIGINALS.size()));
                        check(damage.apply(original, random), damage + " " + i);
                    }
                });
    }

    @Test
    void areRefusedByTheNameOfTheirClassAsFarAsItCanBeRead() {
        byte[] file = Toolchain.JAVAC.compile("class A { dev.weft.Task<?> t; }", "A");
        Compiled compiled = compiler.compile(Arrays.copyOf(file, file.length - 10));
        assertThat(compiled.classes()).isEmpty();
        assertThat(compiled.diagnostics())
                .singleElement()
                .satisfies(
                        said -> {
                            assertThat(said.severity()).isEqualTo(Severity.ERROR);
                            assertThat(said.className()).isEqualTo("A");
                            assertThat(said.message())
                                    .contains("damaged")
                                    .contains("compile its source again");
                        });
    }

    @Test
    void aLengthBeyondTheFileIsNoReasonToAllocateAsMuch() {
        byte[] file =
                Toolchain.JAVAC.compile("class A { void m(dev.weft.Coroutine<?> c) {} }", "A");
        byte[] damaged = file.clone();
        int length = file.length - 6; // of SourceFile, the last attribute: 4 bytes, then 2
        Arrays.fill(damaged, length, length + 1, (byte) 0x7F);
        assertThat(compiler.compile(damaged).diagnostics())
                .singleElement()
                .satisfies(said -> assertThat(said.message()).contains("an attribute of"));
    }

    @Test
    void aDamagedFrameClassBelongsToNobody() {
        Map<String, byte[]> woven = Woven.of(new TreeMap<>(sources())).classes();
        Random random = new Random(7);
        for (Map.Entry<String, byte[]> file : woven.entrySet()) {
            for (Damage damage : Damage.values()) {
                check(damage.apply(file.getValue(), random), file.getKey());
            }
        }
    }

    private void check(byte[] damaged, String name) {
        try {
            Compiled compiled = compiler.compile(damaged);
            assertThat(compiled.classes().isEmpty() || compiled.classes().size() > 1).isTrue();
            AsyncCompiler.frameOwner(damaged);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(name, e);
        }
    }

    private static List<byte[]> originals() {
        List<byte[]> originals = new ArrayList<>();
        for (Toolchain toolchain : List.of(Toolchain.JAVAC, Toolchain.ECJ)) {
            toolchain
                    .compile(SourceText.folder("targets"))
                    .forEach(
                            (name, bytes) -> {
                                if (!name.contains("$") && !name.endsWith("Steps")) {
                                    originals.add(bytes);
                                }
                            });
        }
        return originals;
    }

    private static Map<String, byte[]> sources() {
        return Toolchain.JAVAC.compile(SourceText.folder("targets"));
    }
}
