package dev.weft.http;

class NioTransportTest extends TransportRules {
    NioTransportTest() {
        super(Transports.NIO);
    }
}
