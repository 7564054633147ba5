package dev.weft.benchmarks.service;

/** A customer who may order. */
public record Customer(int number, int discount) {
    /**
     * Creates a customer from the answer of the back end for tokens.
     *
     * @throws Refusal if the customer is blocked: one in 64
     */
    public static Customer of(int number, int answer) throws Refusal {
        if (answer % 64 == 0) {
            throw new Refusal(Reply.FORBIDDEN);
        }
        return new Customer(number, answer % 16);
    }
}
