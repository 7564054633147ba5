package dev.weft.instrument.random;

import dev.weft.instrument.random.Block.Statement;
import dev.weft.instrument.random.Scope.Kind;
import dev.weft.instrument.random.Scope.Label;
import dev.weft.instrument.random.Scope.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Random statements, nested. Every local has a value from the start, every loop a bound, every jump
 * a condition: so any part can be taken out, and what is left is Java as a rule.
 */
final class Statements {
    private static final int DEEPEST = 3;

    private final Scope scope;
    private final List<AsyncMethod> asyncMethods;
    private final Expressions expressions;
    private final Returns returns;
    private final Readings readings;

    Statements(Scope scope, List<AsyncMethod> asyncMethods) {
        this.scope = scope;
        this.asyncMethods = asyncMethods;
        this.expressions = new Expressions(scope, asyncMethods);
        this.returns = new Returns(scope, expressions);
        this.readings = new Readings(scope, asyncMethods, expressions);
    }

    /** A block with locals of its own. */
    Block block(int size) {
        List<Statement> all = new ArrayList<>();
        for (int i = scope.random.nextInt(3); i > 0; i--) {
            all.add(scope.chance(15) ? returns.declaration() : declaration());
        }
        for (int i = 1 + scope.random.nextInt(size); i > 0; i--) {
            all.add(scope.chance(15) ? declaration() : statement());
        }
        return new Block(all);
    }

    /** Objects that are unfinished in the same locals one after the other. */
    Block constructions() {
        return new Block(Stream.generate(this::constructed).limit(3).toList());
    }

    private Statement constructed() {
        return Statement.of("log(" + expressions.unfinished() + ");");
    }

    private Statement declaration() {
        Kind type = scope.anyKind();
        String value = scope.chance(40) ? expressions.awaiting(type) : expressions.of(type);
        boolean constant = scope.chance(20);
        Variable variable = scope.declare(type, !constant, constant);
        return Statement.of(type.java + " " + variable.name() + " = " + value + ";");
    }

    private Statement statement() {
        if (scope.depth >= DEEPEST || scope.chance(45)) {
            return simple();
        }
        return switch (scope.random.nextInt(13)) {
            case 0, 1 -> ifElse();
            case 2 -> forLoop();
            case 3 -> whileLoop();
            case 4 -> labelledBlock();
            case 5 -> switchStatement();
            case 6, 7 -> tryCatch();
            case 8 -> tryFinally();
            case 9 -> withResource();
            case 10 -> readings.connected();
            case 11 -> readings.reading();
            default -> Statement.of("{", inner().block(3), "}");
        };
    }

    private Statement simple() {
        if (scope.method.isGenerator() && scope.chance(35)) {
            return Statement.of(expressions.emit(1 + scope.random.nextInt(2)));
        }
        return switch (scope.random.nextInt(8)) {
            case 0, 1, 2 ->
                    scope.assignable().isEmpty()
                            ? logged()
                            : assignment(scope.pick(scope.assignable()));
            case 3 -> jump();
            case 4 -> locked();
            case 5 ->
                    scope.coroutines.isEmpty() || scope.chance(40)
                            ? decidedLater()
                            : returns.assignment();
            default -> logged();
        };
    }

    private Statement locked() {
        String condition = scope.chance(20) ? " if (opaque()) " : " if (!opaque()) ";
        String end = scope.chance(30) ? condition + returns.returningLocked() : "";
        return Statement.of("synchronized (LOCK) { shared += " + anyLong() + ";" + end + " }");
    }

    private Statement logged() {
        if (scope.javacOnly && scope.chance(40)) {
            return constructed();
        }
        return Statement.of("log(" + expressions.awaiting(scope.anyKind()) + ");");
    }

    private String anyLong() {
        return scope.of(Kind.LONG).stream().map(Variable::name).findFirst().orElse("1");
    }

    private Statement assignment(Variable variable) {
        boolean number = variable.type() == Kind.INT || variable.type() == Kind.LONG;
        String operator = number ? scope.pick(List.of("=", "+=", "-=", "*=", "^=", ">>=")) : "=";
        String value =
                scope.chance(60)
                        ? expressions.awaiting(variable.type())
                        : expressions.of(variable.type());
        return Statement.of(variable.name() + " " + operator + " " + value + ";");
    }

    /** A local that both branches set. */
    private Statement decidedLater() {
        Kind type = scope.anyKind();
        String condition = expressions.of(Kind.BOOLEAN);
        String name = scope.fresh("d");
        return Statement.of(
                "{ %s %s; if (%s) { %s = %s; } else { %s = %s; } %s log(%s); }"
                        .formatted(
                                type.java,
                                name,
                                condition,
                                name,
                                expressions.of(type),
                                name,
                                expressions.awaiting(type),
                                "await(step(\"decided\"));",
                                name));
    }

    private Statement jump() {
        String condition = "if (" + expressions.of(Kind.BOOLEAN, 1) + " && opaque()) ";
        if (!scope.labels.isEmpty() && scope.chance(70)) {
            Label label = scope.pick(scope.labels);
            String how = label.loop() && scope.chance(50) ? "continue " : "break ";
            return Statement.of(condition + how + label.name() + ";");
        }
        return scope.chance(50)
                ? Statement.of(condition + returns.returning())
                : Statement.of(
                        condition
                                + "throw new IllegalStateException(\"\" + "
                                + expressions.of(Kind.INT)
                                + ");");
    }

    private Statement ifElse() {
        String head = "if (" + expressions.of(Kind.BOOLEAN) + ") {";
        Block then = inner().block(3);
        return scope.chance(50)
                ? Statement.of(head, then, "}")
                : Statement.of(head, then, "} else {", inner().block(3), "}");
    }

    private Statement forLoop() {
        Scope inner = scope.inner();
        Label label = new Label(scope.fresh("L"), true);
        inner.labels.add(label);
        Variable i = inner.declare(Kind.INT, false, false);
        String condition = scope.chance(40) ? " && " + expressions.awaiting(Kind.BOOLEAN) : "";
        String head =
                "%s: for (int %s = 0; %s < %d%s; %s++) {"
                        .formatted(
                                label.name(),
                                i.name(),
                                i.name(),
                                1 + scope.random.nextInt(3),
                                condition,
                                i.name());
        return Statement.of(head, new Statements(inner, asyncMethods).block(3), "}");
    }

    private Statement whileLoop() {
        Label label = new Label(scope.fresh("L"), true);
        Scope inner = scope.inner();
        inner.labels.add(label);
        String fuel = scope.fresh("fuel");
        String condition = fuel + "-- > 0 && " + expressions.of(Kind.BOOLEAN);
        Block body = new Statements(inner, asyncMethods).block(3);
        String head = "{ int " + fuel + " = 3; " + label.name() + ": ";
        return scope.chance(60)
                ? Statement.of(head + "while (" + condition + ") {", body, "} }")
                : Statement.of(head + "do {", body, "} while (" + condition + "); }");
    }

    private Statement labelledBlock() {
        Label label = new Label(scope.fresh("L"), false);
        Scope inner = scope.inner();
        inner.labels.add(label);
        return Statement.of(
                label.name() + ": {", new Statements(inner, asyncMethods).block(4), "}");
    }

    private Statement switchStatement() {
        Label label = new Label(scope.fresh("L"), false);
        String between = scope.chance(50) ? "} break; " : "} ";
        boolean strings = scope.chance(40);
        String head =
                strings
                        ? "switch (" + expressions.of(Kind.STRING) + ") { case \"t1\": {"
                        : "switch (" + expressions.of(Kind.INT) + " & 3) { case 0: {";
        return Statement.of(
                label.name() + ": " + head,
                inside(label),
                between + (strings ? "case \"\": {" : "case 2: {"),
                inside(label),
                between + "default: {",
                inside(label),
                "} }");
    }

    private Block inside(Label label) {
        Scope inner = scope.inner();
        inner.labels.add(label);
        return new Statements(inner, asyncMethods).block(2);
    }

    private Statement tryCatch() {
        String variable = scope.fresh("e");
        List<Object> parts = new ArrayList<>(List.of("try {", tried().block(3)));
        if (scope.chance(40)) {
            parts.add("} catch (IllegalStateException | LinkageError " + variable + ") {");
            parts.add(handler(variable));
        }
        parts.add("} catch (" + scope.pick(List.of("Exception ", "Throwable ")) + variable + ") {");
        parts.add(handler(variable));
        if (scope.chance(30)) {
            parts.add("} finally {");
            parts.add(tried().block(2));
        }
        parts.add("}");
        return new Statement(parts);
    }

    private Block handler(String variable) {
        List<Statement> all = new ArrayList<>();
        all.add(Statement.of("log(" + variable + ");"));
        all.addAll(tried().block(2).statements());
        if (scope.chance(40)) {
            all.add(Statement.of("log(" + variable + ");"));
        }
        if (scope.chance(15)) {
            all.add(Statement.of("if (opaque()) throw " + variable + ";"));
        }
        return new Block(all);
    }

    private Statement tryFinally() {
        return Statement.of("try {", tried().block(3), "} finally {", tried().block(2), "}");
    }

    private Statement withResource() {
        String name = scope.fresh("r");
        return Statement.of(
                "try (Resource %s = new Resource(%s)) {"
                        .formatted(name, expressions.of(Kind.INT, 2)),
                tried().block(3),
                "}");
    }

    private Statements tried() {
        return new Statements(scope.innerOfTry(), asyncMethods);
    }

    private Statements inner() {
        return new Statements(scope.inner(), asyncMethods);
    }
}
