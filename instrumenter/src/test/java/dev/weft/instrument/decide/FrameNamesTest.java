package dev.weft.instrument.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
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
        assertThat(names.next(method("total"))).isEqualTo("com/acme/Prices$total$2$Coroutine");
        assertThat(names.next(method("total"))).isEqualTo("com/acme/Prices$total$3$Coroutine");
    }

    @Test
    void namesThatDifferByCaseOnlyDoNotShareAFile() {
        FrameNames names = new FrameNames(owner);
        names.next(method("total"));
        assertThat(names.next(method("TOTAL"))).isEqualTo("com/acme/Prices$TOTAL$2$Coroutine");
    }

    @Test
    void aNestedClassKeepsItsName() {
        owner.innerClasses.add(
                new InnerClassNode("com/acme/Prices$total$Coroutine", null, null, 0));
        assertThat(new FrameNames(owner).next(method("total")))
                .isEqualTo("com/acme/Prices$total$2$Coroutine");
    }

    @Test
    void aDollarOfTheSourceIsDoubledAndOneOfACompilerIsNot() {
        FrameNames names = new FrameNames(owner);
        assertThat(names.next(method("a$b"))).isEqualTo("com/acme/Prices$a$$b$Coroutine");
        MethodNode lambda = method("lambda$main$0");
        lambda.access = Opcodes.ACC_SYNTHETIC;
        assertThat(names.next(lambda)).isEqualTo("com/acme/Prices$lambda$main$0$Coroutine");
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
