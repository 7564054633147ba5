package dev.weft.benchmarks.service;

/**
 * The work of the requests alone: plain calls, one after the other, to back ends that answer at
 * once. Produces the checks that the versions of the service must produce.
 */
public final class Reference implements Service {
    @Override
    public Ledger serve(Traffic traffic, int connections) {
        Ledger ledger = new Ledger();
        for (String line = traffic.next(); line != null; line = traffic.next()) {
            ledger.replied(reply(Parser.parse(line), ledger));
        }
        return ledger;
    }

    private static Reply reply(Request request, Ledger ledger) {
        try {
            int number = request.customer();
            Customer customer = Customer.of(number, Script.answer(Site.TOKENS, number));
            return switch (request.action()) {
                case "order" -> ordered(request, customer, ledger);
                case "browse" -> browsed(request, customer, ledger);
                default -> throw new Refusal(Reply.UNKNOWN);
            };
        } catch (Refusal e) {
            return Ledger.failed(request, e);
        }
    }

    private static Reply ordered(Request request, Customer customer, Ledger ledger) throws Refusal {
        Product product = product(request);
        Offer offer = offer(request, product.group(), product.item());
        int total = offer.total(customer, request.count());
        int attempt = 1;
        while (Script.fails(request, attempt)) {
            attempt++;
        }
        int number = Script.answer(Site.RESERVATIONS, total);
        ledger.written(new Entry(request.id(), total));
        return new Reply(request.id(), Reply.OK, total + number);
    }

    private static Reply browsed(Request request, Customer customer, Ledger ledger) throws Refusal {
        Product product = product(request);
        Offer offer = offer(request, product.item(), product.item());
        int total = offer.total(customer, 1);
        ledger.written(new Entry(request.id(), total));
        return new Reply(request.id(), Reply.OK, total);
    }

    private static Product product(Request request) {
        int item = request.item();
        return new Product(item, Script.answer(Site.CATALOGUE, item));
    }

    private static Offer offer(Request request, int priceKey, int key) throws Refusal {
        if (Script.delay(Site.ADVICE, request) == Delay.NEVER) {
            throw new Refusal(Reply.TOO_LATE);
        }
        return new Offer(
                Script.answer(Site.PRICES, priceKey),
                Script.answer(Site.STOCK, key),
                Script.answer(Site.ADVICE, key));
    }
}
