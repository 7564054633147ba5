package refusals.other;

public @interface Async {}
