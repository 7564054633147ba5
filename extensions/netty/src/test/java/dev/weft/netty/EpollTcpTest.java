package dev.weft.netty;

class EpollTcpTest extends TcpRules {
    EpollTcpTest() {
        super(Transports.EPOLL);
    }
}
