assert new File(basedir, 'target/classes/com/acme').list() == ['Fine.class'] as String[]
assert new File(basedir, 'build.log').text.contains('Weft is skipped')
