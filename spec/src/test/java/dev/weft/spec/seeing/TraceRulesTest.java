package dev.weft.spec.seeing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The validator of traces finds what is wrong with one. */
class TraceRulesTest {
    private static final String GOOD =
            """
            {'traceEvents':[
            {'name':'process_name','ph':'M','pid':1,'tid':0,'args':{'name':'p'}},
            {'name':'thread_name','ph':'M','pid':1,'tid':0,'args':{'name':'t'}},
            {'name':'outer','ph':'X','ts':1.000,'dur':5.000,'pid':1,'tid':0},
            {'name':'flow','cat':'c','ph':'s','id':1,'ts':1.000,'pid':1,'tid':0},
            {'name':'inner','ph':'X','ts':2.000,'dur':1.500,'pid':1,'tid':0},
            {'name':'flow','cat':'c','ph':'f','id':1,'ts':2.000,'pid':1,'tid':0}
            ]}
            """;

    private static List<String> violationsIn(String text) {
        return TraceRules.violationsIn(TraceRules.events(text.replace('\'', '"')));
    }

    @Test
    void aCorrectTraceHasNoViolation() {
        assertThat(violationsIn(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ph':'X','ts':2.000 | 'ph':'Y','ts':2.000 | unknown ph",
                "'name':'inner'      | 'name':''           | no name",
                "'pid':1,'tid':0}    | 'pid':1,'tid':0.5}  | whole numbers",
                "'ts':2.000,'dur'    | 'ts':-2.000,'dur'   | not negative",
                "'dur':1.500         | 'dur':-1.500        | dur must be",
                "'dur':1.500         | 'dur':4.500         | overlaps in lane",
                "'ts':1.000,'dur'    | 'ts':2.500,'dur'    | not in the order of time",
                "'thread_name'       | 'thread_size'       | a lane without a name",
                "'process_name'      | 'process_size'      | a process without a name",
                "'ph':'f'            | 'ph':'s'            | one beginning and then one end",
                "'id':1              | 'ix':1              | a flow without an id",
                "'cat':'c','ph':'f'  | 'cat':'d','ph':'f'  | differ in cat",
                "'id':1,'ts':2.000   | 'id':1,'ts':9.000   | lies in no span",
            })
    void whatIsWrongIsFound(String good, String bad, String violation) {
        assertThat(GOOD).contains(good);
        assertThat(violationsIn(GOOD.replace(good, bad)))
                .isNotEmpty()
                .anyMatch(found -> found.contains(violation));
    }

    @Test
    void textThatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> JsonReader.read("{\"a\":1,}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonReader.read("[01]"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(JsonReader.read("[1.5e3, \"\\u00e4\\n\", null, true, {\"a\": []}]"))
                .hasToString("[1500.0, ä\n, null, true, {a=[]}]");
    }
}
