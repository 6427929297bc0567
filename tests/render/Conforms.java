import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Judges PDF files by veraPDF's rules: {@code java -cp JAR Conforms.java PDFA_3_A,PDFUA_1 FILE…} prints what failed. */
class Conforms {
    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String word : words[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.valueOf(word);
            ValidationProfile rules = profile(flavour);
            System.out.println(word + "\trules\t" + rules.getRules().size());
            for (int place = 1; place < words.length; place++) judge(words[place], flavour, rules);
        }
    }

    private static void judge(String name, PDFAFlavour flavour, ValidationProfile rules) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(rules, false)) {
            ValidationResult result = validator.validate(parser);
            Set<String> failed = new TreeSet<>();
            for (TestAssertion row : result.getTestAssertions())
                if (row.getStatus() == TestAssertion.Status.FAILED)
                    failed.add(row.getRuleId().getClause() + "-" + row.getRuleId().getTestNumber() + "\t" + row.getMessage());
            System.out.println(flavour.name() + "\t" + (result.isCompliant() ? "ok" : "failed") + "\t" + name);
            failed.forEach(line -> System.out.println("\t" + line));
        }
    }

    /** The published profile, read with the DOM: the package has no JAXB to read it with. */
    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String[] parts = flavour.name().split("_", 2);
        String path = "/org/verapdf/pdfa/validation/" + parts[0] + "-" + parts[1].replace("_", "") + ".xml";
        try (InputStream stream = Profiles.class.getResourceAsStream(path)) {
            Document read = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
            Set<Rule> rules = new HashSet<>();
            for (Element row : all(read.getDocumentElement(), "rule")) rules.add(rule(row, flavour));
            Set<Variable> variables = new HashSet<>();
            for (Element row : all(read.getDocumentElement(), "variable"))
                variables.add(Profiles.variableFromValues(row.getAttribute("name"), row.getAttribute("object"), text(row, "defaultValue"), text(row, "value")));
            return Profiles.profileFromValues(flavour, Profiles.profileDetailsFromValues("", "", "", new Date()), "", rules, variables);
        }
    }

    private static Rule rule(Element row, PDFAFlavour flavour) {
        Element id = all(row, "id").get(0);
        RuleId rule = Profiles.ruleIdFromValues(flavour.getPart(), id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        ErrorDetails error = Profiles.errorFromValues(text(row, "message"), new ArrayList<>());
        Boolean deferred = Boolean.valueOf(row.getAttribute("deferred"));
        return Profiles.ruleFromValues(rule, row.getAttribute("object"), deferred, row.getAttribute("tags"), text(row, "description"), text(row, "test"), error, new ArrayList<>());
    }

    private static List<Element> all(Element above, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = above.getElementsByTagName(name);
        for (int place = 0; place < nodes.getLength(); place++) found.add((Element) nodes.item(place));
        return found;
    }

    private static String text(Element above, String name) {
        return all(above, name).get(0).getTextContent();
    }
}
