package dev.weft.instrument.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.model.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnNode;

/** The stack instructions, with long and double values (upper case) as one entry of two units. */
class AbstractStateTest {
    @ParameterizedTest
    @CsvSource({
        "DUP, a, aa",
        "DUP_X1, ba, aba",
        "DUP_X2, cba, acba",
        "DUP_X2, Ba, aBa",
        "DUP2, ba, baba",
        "DUP2, A, AA",
        "DUP2_X1, cba, bacba",
        "DUP2_X1, bA, AbA",
        "DUP2_X2, dcba, badcba",
        "DUP2_X2, cbA, AcbA",
        "DUP2_X2, Cba, baCba",
        "DUP2_X2, BA, ABA",
        "SWAP, ba, ab",
        "POP2, cba, c",
        "POP2, bA, b"
    })
    void copiesAndMovesValuesByTheirUnits(String instruction, String before, String after)
            throws Exception {
        AbstractState state = new AbstractState(0, 16);
        List<Value> values =
                Stream.of('a', 'b', 'c', 'd', 'A', 'B', 'C').map(AbstractStateTest::value).toList();
        before.chars().forEach(name -> state.push(values.get("abcdABC".indexOf(name))));
        int opcode = Opcodes.class.getField(instruction).getInt(null);
        new Interpreter(state, TypeSimulation.NOBODY).execute(new InsnNode(opcode));

        StringBuilder found = new StringBuilder();
        for (Value value : state.snapshot(0).stack()) {
            found.append("abcdABC".charAt(values.indexOf(value)));
        }
        assertThat(found.toString()).isEqualTo(after);
    }

    private static Value value(char name) {
        return new Value(Character.isUpperCase(name) ? Opcodes.LONG : Opcodes.INTEGER, null);
    }
}
