package dev.weft.benchmarks.service;

/** The back ends that the service calls. */
public enum Site {
    TOKENS(100_003),
    CATALOGUE(200_003),
    PRICES(300_007),
    STOCK(400_009),
    ADVICE(500_009),
    RESERVATIONS(600_011);

    private final int salt;

    Site(int salt) {
        this.salt = salt;
    }

    /** Returns a number that makes the back ends differ. */
    int salt() {
        return salt;
    }
}
