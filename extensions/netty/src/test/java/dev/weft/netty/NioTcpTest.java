package dev.weft.netty;

class NioTcpTest extends TcpRules {
    NioTcpTest() {
        super(Transports.NIO);
    }
}
