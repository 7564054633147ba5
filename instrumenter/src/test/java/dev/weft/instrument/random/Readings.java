package dev.weft.instrument.random;

import dev.weft.instrument.random.Block.Statement;
import dev.weft.instrument.random.Scope.Kind;
import dev.weft.instrument.random.Scope.Label;
import dev.weft.instrument.random.Scope.Variable;
import java.util.List;

/** Random statements that read generators and close resources. */
final class Readings {
    private final Scope scope;
    private final List<AsyncMethod> asyncMethods;
    private final Expressions expressions;

    Readings(Scope scope, List<AsyncMethod> asyncMethods, Expressions expressions) {
        this.scope = scope;
        this.asyncMethods = asyncMethods;
        this.expressions = expressions;
    }

    /** Reads up to a random number of elements of a generator, if there is one. */
    Statement reading() {
        AsyncMethod generator = expressions.generator();
        if (generator == null) {
            return connected();
        }
        String stream = "AsyncStream<" + generator.result().boxed + ">";
        String made = generator.call(!scope.method.isStatic(), kind -> expressions.of(kind, 1));
        String name = scope.fresh("r");
        String fuel = scope.fresh("fuel");
        String begin = "int " + fuel + " = " + scope.random.nextInt(6) + "; ";
        return scope.chance(85)
                ? Statement.of(
                        "try (Closing<%s> %s = Weft.<%s>closing(%s)) { %s"
                                .formatted(stream, name, stream, made, begin),
                        new Block(List.of(loop(generator.result(), fuel, name + ".get()"))),
                        "}")
                : Statement.of(
                        "{ %s %s = %s; %s".formatted(stream, name, made, begin),
                        new Block(List.of(loop(generator.result(), fuel, name))),
                        "}");
    }

    private Statement loop(Kind element, String fuel, String stream) {
        Scope inner = scope.innerOfTry();
        Label label = new Label(scope.fresh("L"), true);
        inner.labels.add(label);
        Variable read = inner.declare(element, true, false);
        return Statement.of(
                "%s: while (%s-- > 0 && Weft.<Boolean>await(%s.hasNext())) { %s %s = %s.next(); log(%s);"
                        .formatted(
                                label.name(),
                                fuel,
                                stream,
                                element.java,
                                read.name(),
                                stream,
                                read.name()),
                new Statements(inner, asyncMethods).block(2),
                "}");
    }

    /** A resource that is closed by code that awaits. */
    Statement connected() {
        return Statement.of(
                "try (Closing<Connection> %s = Weft.<Connection>closing(new Connection(%s))) {"
                        .formatted(scope.fresh("c"), expressions.of(Kind.INT, 2)),
                new Statements(scope.innerOfTry(), asyncMethods).block(3),
                "}");
    }
}
