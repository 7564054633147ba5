package dev.weft.instrument.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

class FrameNamesTest {
    private final ClassNode owner = new ClassNode();

    FrameNamesTest() {
        owner.name = "com/acme/Prices";
    }

    @Test
    void aFrameClassIsNamedAfterItsMethod() {
        assertThat(new FrameNames(owner).next(method("total")))
                .isEqualTo("com/acme/Prices$total$Coroutine");
    }

    @Test
    void overloadsAreNumberedInTheirOrder() {
        FrameNames names = new FrameNames(owner);
        names.next(method("total"));
        assertThat(names.next(method("total"))).isEqualTo("com/acme/Prices$total-2$Coroutine");
        assertThat(names.next(method("total"))).isEqualTo("com/acme/Prices$total-3$Coroutine");
    }

    @Test
    void namesThatDifferByCaseOnlyDoNotShareAFile() {
        FrameNames names = new FrameNames(owner);
        names.next(method("total"));
        assertThat(names.next(method("TOTAL"))).isEqualTo("com/acme/Prices$TOTAL-2$Coroutine");
    }

    @Test
    void aNestedClassKeepsItsName() {
        owner.innerClasses.add(
                new InnerClassNode("com/acme/Prices$total$Coroutine", null, null, 0));
        assertThat(new FrameNames(owner).next(method("total")))
                .isEqualTo("com/acme/Prices$total-2$Coroutine");
    }

    @Test
    void aDollarOfTheMethodBecomesAHyphen() {
        FrameNames names = new FrameNames(owner);
        assertThat(names.next(method("a$b"))).isEqualTo("com/acme/Prices$a-b$Coroutine");
        assertThat(names.next(method("lambda$main$0")))
                .isEqualTo("com/acme/Prices$lambda-main-0$Coroutine");
    }

    @Test
    void twoClassesNeverHaveFrameClassesOfOneName() {
        Set<String> names = new HashSet<>();
        List<String> parts = List.of("A", "$", "$$", "A$", "$A", "A$A", "2", "$2", "-", "A-2");
        int count = 0;
        for (String className : parts) {
            owner.name = className;
            FrameNames ofClass = new FrameNames(owner);
            for (String method : parts) {
                names.add(ofClass.next(method(method)));
                names.add(ofClass.next(method(method)));
                count += 2;
            }
        }
        assertThat(names).hasSize(count);
    }

    @Test
    void theClassOfAFrameClassIsKnownFromItsName() {
        owner.name = "com/acme/A$B";
        String name = new FrameNames(owner).next(method("c$d"));
        assertThat(FrameNames.isFrameClass(name, "com/acme/A$B")).isTrue();
        assertThat(FrameNames.isFrameClass(name, "com/acme/A")).isFalse();
        assertThat(FrameNames.isFrameClass("com/acme/A$B$Coroutine", "com/acme/A$B")).isFalse();
        assertThat(FrameNames.isFrameClass("com/acme/A$B", "com/acme/A")).isFalse();
    }

    @Test
    void eightThousandOverloadsAreNamedInLinearTime() {
        FrameNames names = new FrameNames(owner);
        String last = "";
        for (int i = 0; i < 8_000; i++) {
            last = names.next(method("total"));
        }
        assertThat(last).isEqualTo("com/acme/Prices$total-8000$Coroutine");
    }

    @Test
    void whatFilesCannotBeCalledIsReplaced() {
        assertThat(new FrameNames(owner).next(method("is it: so?")))
                .isEqualTo("com/acme/Prices$is_it__so_$Coroutine");
    }

    @Test
    void longNamesStayBelowTheLimitOfFileSystems() {
        FrameNames names = new FrameNames(owner);
        String first = names.next(method("x".repeat(300)));
        String second = names.next(method("x".repeat(301)));
        assertThat(first.substring("com/acme/".length()) + ".class").hasSizeLessThan(250);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void theLimitCountsBytes() {
        String name = new FrameNames(owner).next(method("\u5024".repeat(100)));
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(250);
    }

    private static MethodNode method(String name) {
        return new MethodNode(0, name, "()Ldev/weft/Coroutine;", null, null);
    }
}
