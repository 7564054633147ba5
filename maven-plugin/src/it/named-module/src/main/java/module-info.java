module com.acme.shop {
    requires dev.weft;
}
