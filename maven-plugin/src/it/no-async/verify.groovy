assert new File(basedir, 'target/classes/com/acme').list() == ['Plain.class'] as String[]
assert new File(basedir, 'build.log').text.count('Nothing to compile') == 1
