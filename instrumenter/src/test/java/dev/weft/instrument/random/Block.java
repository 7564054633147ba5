package dev.weft.instrument.random;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A list of statements of a generated program. A statement is text with further blocks inside, so
 * that a program can be made smaller without parsing it.
 */
record Block(List<Statement> statements) {

    /** Text and blocks in the order of the source: {@code "if (x) {" block "}"}. */
    record Statement(List<Object> parts) {
        static Statement of(Object... parts) {
            return new Statement(List.of(parts));
        }

        private Stream<Block> blocks() {
            return parts.stream().filter(Block.class::isInstance).map(Block.class::cast);
        }

        private void render(StringBuilder to, String indent) {
            to.append(indent);
            for (Object part : parts) {
                if (part instanceof Block block) {
                    to.append('\n');
                    block.render(to, indent + "    ");
                    to.append(indent);
                } else {
                    to.append(part);
                }
            }
            to.append('\n');
        }
    }

    /**
     * All blocks that are one step smaller, the smallest first; some of them are not valid Java.
     */
    Stream<Block> reductions() {
        Stream<Block> halves =
                statements.size() < 4
                        ? Stream.empty()
                        : Stream.of(
                                new Block(statements.subList(0, statements.size() / 2)),
                                new Block(
                                        statements.subList(
                                                statements.size() / 2, statements.size())));
        Stream<Block> single =
                IntStream.range(0, statements.size())
                        .boxed()
                        .flatMap(at -> reduced(statements.get(at)).map(by -> replaced(at, by)));
        return Stream.concat(halves, single);
    }

    void render(StringBuilder to, String indent) {
        statements.forEach(statement -> statement.render(to, indent));
    }

    /**
     * Returns the simpler replacements of a statement: no statement, the inner ones, or the
     * statement with fewer inner ones.
     */
    private static Stream<List<Statement>> reduced(Statement statement) {
        Stream<List<Statement>> hoisted = statement.blocks().map(Block::statements);
        Stream<List<Statement>> inside =
                IntStream.range(0, statement.parts.size())
                        .filter(at -> statement.parts.get(at) instanceof Block)
                        .boxed()
                        .flatMap(
                                at ->
                                        ((Block) statement.parts.get(at))
                                                .reductions()
                                                .map(by -> List.of(with(statement, at, by))));
        return Stream.concat(Stream.of(List.<Statement>of()), Stream.concat(hoisted, inside));
    }

    private static Statement with(Statement statement, int at, Block block) {
        List<Object> parts = new ArrayList<>(statement.parts);
        parts.set(at, block);
        return new Statement(parts);
    }

    private Block replaced(int at, List<Statement> by) {
        List<Statement> all = new ArrayList<>(statements);
        all.remove(at);
        all.addAll(at, by);
        return new Block(all);
    }
}
