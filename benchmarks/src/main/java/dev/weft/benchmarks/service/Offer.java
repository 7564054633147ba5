package dev.weft.benchmarks.service;

/** The answers of three back ends about a product. */
public record Offer(int price, int stock, int advice) {
    /** Returns the total for a customer. */
    public int total(Customer customer, int count) {
        int pieces = Math.min(count, stock + 1);
        return pieces * price * (100 - customer.discount()) / 100 + advice % 3;
    }
}
