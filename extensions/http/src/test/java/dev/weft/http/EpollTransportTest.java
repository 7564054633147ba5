package dev.weft.http;

class EpollTransportTest extends TransportRules {
    EpollTransportTest() {
        super(Transports.EPOLL);
    }
}
