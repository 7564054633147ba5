package dev.weft.samples.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A book, as in the database and in JSON. */
public record Book(String isbn, String title, int year) {
    private static final int LONGEST_TITLE = 200;
    private static final int FIRST_YEAR = 1450;
    private static final int LAST_YEAR = 2100;

    /**
     * Reads a book from JSON.
     *
     * @throws Refusal with all fields that are missing or invalid
     */
    static Book of(JsonNode json) throws Refusal {
        Book book =
                new Book(
                        json.path("isbn").asText(),
                        json.path("title").asText().strip(),
                        json.path("year").asInt());
        Map<String, String> problems = book.problems();
        if (!problems.isEmpty()) {
            throw new Refusal(400, Map.of("error", "invalid fields", "fields", problems));
        }
        return book;
    }

    private Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        if (!isbn.matches("[0-9]{13}")) {
            problems.put("isbn", "must have 13 digits");
        }
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            problems.put("title", "must have 1 to " + LONGEST_TITLE + " characters");
        }
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            problems.put("year", "must be from " + FIRST_YEAR + " to " + LAST_YEAR);
        }
        return problems;
    }
}
