package dev.weft.http;

import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The routes of a server. A literal part of a pattern comes before a parameter. */
final class Routes {
    private static final String GET = "GET";
    private static final String HEAD = "HEAD";
    private static final List<String> NONE = List.of();

    private final Node root = new Node();

    /** The handlers of paths without parameters, which most requests are for. */
    private final Map<String, Map<String, Match>> literals = new HashMap<>();

    /** A place in the tree of patterns. */
    private static final class Node {
        final Map<String, Node> children = new HashMap<>();
        final Map<String, Route> routes = new HashMap<>();
        @Nullable Node parameter;
    }

    private record Route(
            AsyncFunction<? super Request, Response> handler, List<String> parameters) {}

    /**
     * A handler with the values of its parameters.
     *
     * @param task the name of the task of a request with the method of the route; null if it
     *     depends on the parameters
     */
    record Match(
            AsyncFunction<? super Request, Response> handler,
            List<String> names,
            List<String> values,
            @Nullable String task) {

        /** Returns a match that answers with {@code response} alone. */
        static Match constant(Response response) {
            return new Match(request -> Coroutine.of(response), NONE, NONE, null);
        }

        String parameter(String name) {
            int index = names.indexOf(name);
            if (index < 0) {
                throw new IllegalArgumentException(
                        "the pattern of the route has no parameter {" + name + "}: " + names);
            }
            return values.get(index);
        }
    }

    // ---- adding

    void add(String method, String pattern, AsyncFunction<? super Request, Response> handler) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("a pattern begins with /: " + pattern);
        }
        List<String> names = new ArrayList<>();
        Node node = root;
        for (String part : parts(pattern)) {
            node = child(node, part, pattern, names);
        }
        Route route = new Route(handler, List.copyOf(names));
        if (node.routes.putIfAbsent(method, route) != null) {
            throw new IllegalArgumentException(
                    "there is a route already: " + method + " " + pattern);
        }
        if (names.isEmpty()) {
            literals.computeIfAbsent(pattern, key -> new HashMap<>())
                    .put(method, new Match(handler, NONE, NONE, method + " " + pattern));
        }
    }

    private static Node child(Node node, String part, String pattern, List<String> names) {
        boolean isParameter = part.startsWith("{") && part.endsWith("}");
        if (!isParameter) {
            if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
                throw new IllegalArgumentException(
                        "a parameter is a whole part between two slashes: " + pattern);
            }
            return node.children.computeIfAbsent(part, key -> new Node());
        }
        String name = part.substring(1, part.length() - 1);
        if (name.isEmpty() || names.contains(name)) {
            throw new IllegalArgumentException("parameters need different names: " + pattern);
        }
        names.add(name);
        Node parameter = node.parameter;
        if (parameter == null) {
            parameter = new Node();
            node.parameter = parameter;
        }
        return parameter;
    }

    private static String[] parts(String path) {
        return path.substring(1).split("/", -1);
    }

    // ---- finding

    /** Returns the match of a request; without a handler a match that says so. */
    Match find(String method, String path) {
        Map<String, Match> literal = literals.get(path);
        if (literal != null) {
            Match match = forMethod(literal, method);
            if (match != null) {
                return match;
            }
        }
        Search search = new Search(method, parts(path));
        Match match = search.in(root, 0);
        if (match != null) {
            return match;
        }
        return Match.constant(
                search.allowed.isEmpty()
                        ? Response.text("Not Found\n").status(404)
                        : Response.text("Method Not Allowed\n")
                                .status(405)
                                .header("Allow", String.join(", ", search.allowed)));
    }

    /** Returns the value for a method. HEAD is answered as GET without the body. */
    private static <T> @Nullable T forMethod(Map<String, T> all, String method) {
        T found = all.get(method);
        return found == null && method.equals(HEAD) ? all.get(GET) : found;
    }

    /** A search, which goes as deep as the longest pattern. */
    private static final class Search {
        private final String method;
        private final String[] parts;
        private final List<String> values = new ArrayList<>();
        final TreeSet<String> allowed = new TreeSet<>();

        Search(String method, String[] parts) {
            this.method = method;
            this.parts = parts;
        }

        @Nullable Match in(Node node, int index) {
            if (index == parts.length) {
                return at(node);
            }
            Node child = node.children.get(parts[index]);
            Match match = child == null ? null : in(child, index + 1);
            if (match != null || node.parameter == null || parts[index].isEmpty()) {
                return match;
            }
            values.add(QueryStringDecoder.decodeComponent(parts[index].replace("+", "%2B")));
            match = in(node.parameter, index + 1);
            values.remove(values.size() - 1);
            return match;
        }

        private @Nullable Match at(Node node) {
            Route route = forMethod(node.routes, method);
            if (route != null) {
                return new Match(route.handler, route.parameters, List.copyOf(values), null);
            }
            allowed.addAll(node.routes.keySet());
            if (node.routes.containsKey(GET)) {
                allowed.add(HEAD);
            }
            return null;
        }
    }
}
