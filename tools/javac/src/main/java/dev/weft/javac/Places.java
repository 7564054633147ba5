package dev.weft.javac;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import dev.weft.instrument.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tree that a problem is about. A class file has the line of a call, and the message
 * names the call or the method: the place is the one that the message names first.
 */
final class Places {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Places(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.positions = positions;
    }

    private record Place(String name, Tree tree) {}

    /** Returns null if nothing fits. */
    @Nullable Tree at(Diagnostic diagnostic) {
        Search search = new Search(diagnostic);
        search.scan(unit, null);
        return search.best();
    }

    private long line(long position) {
        return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
    }

    /** The places that one problem may be about, in the order of the source. */
    private final class Search extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Diagnostic diagnostic;
        private final List<Place> places = new ArrayList<>();
        private @Nullable Tree firstOfLine;

        Search(Diagnostic diagnostic) {
            this.diagnostic = diagnostic;
        }

        @Override
        public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
            if (tree != null
                    && firstOfLine == null
                    && tree != unit
                    && line(positions.getStartPosition(unit, tree)) == diagnostic.line()) {
                firstOfLine = tree;
            }
            return super.scan(tree, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            boolean around =
                    line(positions.getStartPosition(unit, method)) <= diagnostic.line()
                            && diagnostic.line() <= line(positions.getEndPosition(unit, method));
            if (method.getName().contentEquals(diagnostic.method())
                    && (around || diagnostic.line() == 0)) {
                places.add(new Place(diagnostic.method(), method));
            }
            return super.visitMethod(method, null);
        }

        /** The line of a call is that of its opening parenthesis. */
        @Override
        public @Nullable Void visitMethodInvocation(
                MethodInvocationTree call, @Nullable Void unused) {
            ExpressionTree called = call.getMethodSelect();
            if (line(positions.getEndPosition(unit, called)) == diagnostic.line()) {
                places.add(new Place(name(called), called));
                if (called instanceof MemberSelectTree) {
                    places.add(new Place(called.toString(), called)); // Thread.sleep
                }
            }
            return super.visitMethodInvocation(call, null);
        }

        private @Nullable Tree best() {
            Place best = null;
            int bestIndex = Integer.MAX_VALUE;
            for (Place place : places) {
                int index = indexOfWord(place.name(), diagnostic.message());
                if (index < bestIndex) {
                    best = place;
                    bestIndex = index;
                }
            }
            if (best != null) {
                return best.tree();
            }
            for (Place place : places) {
                if (!(place.tree() instanceof MethodTree)) {
                    return place.tree();
                }
            }
            return firstOfLine != null || places.isEmpty() ? firstOfLine : places.get(0).tree();
        }
    }

    private static String name(ExpressionTree called) {
        if (called instanceof MemberSelectTree select) {
            return select.getIdentifier().toString();
        }
        return called instanceof IdentifierTree identifier ? identifier.getName().toString() : "";
    }

    /** Returns the largest int if the message does not contain the word. */
    private static int indexOfWord(String word, String message) {
        if (word.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        var matcher =
                Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?![\\w$])")
                        .matcher(message);
        return matcher.find() ? matcher.start() : Integer.MAX_VALUE;
    }
}
