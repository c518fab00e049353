// Lucene.java - the same by Lucene (block-max WAND), with its Dutch analyser. Lucene OFFERS.tsv QUERIES.tsv DIRECTORY
import java.io.*;
import java.lang.management.*;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;

public class Lucene {
    static final ThreadMXBean clock = ManagementFactory.getThreadMXBean ();
    static final Analyzer dutch = new DutchAnalyzer ();

    static double now () { return clock.getCurrentThreadCpuTime () / 1e9; }

    static long build (String offers, Directory to) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig (dutch);
        config.setRAMBufferSizeMB (256);
        config.setMergeScheduler (new SerialMergeScheduler ());
        FieldType text = new FieldType ();
        text.setTokenized (true);
        text.setIndexOptions (IndexOptions.DOCS_AND_FREQS);
        long count = 0;
        try (IndexWriter writer = new IndexWriter (to, config); BufferedReader from = Files.newBufferedReader (Paths.get (offers))) {
            for (String line; (line = from.readLine ()) != null; count++) {
                String [] columns = line.split ("\t");
                Document document = new Document ();
                document.add (new StringField ("id", columns [0], Field.Store.YES));
                document.add (new Field ("text", columns [1] + " " + columns [2], text));
                document.add (new StringField ("region", columns [4], Field.Store.NO));
                writer.addDocument (document);
            }
            writer.forceMerge (1);
        }
        return count;
    }

    static Query any (String words) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder ();
        Set<String> seen = new HashSet<> ();
        try (TokenStream tokens = dutch.tokenStream ("text", words)) {
            CharTermAttribute term = tokens.addAttribute (CharTermAttribute.class);
            for (tokens.reset (); tokens.incrementToken (); )
                if (seen.add (term.toString ()))
                    all.add (new TermQuery (new Term ("text", term.toString ())), BooleanClause.Occur.SHOULD);
            tokens.end ();
        }
        return all.build ();
    }

    static void ask (IndexSearcher searcher, List<Query> queries) throws IOException {
        double begin = now ();
        for (Query query : queries)
            searcher.search (query, 10);
        System.out.printf (Locale.ROOT, "{\"rate\":%.1f}%n", queries.size () / (now () - begin));
    }

    public static void main (String [] given) throws IOException {
        Directory directory = FSDirectory.open (Paths.get (given [2]));
        double begin = now ();
        long count = build (given [0], directory);
        System.out.printf (Locale.ROOT, "{\"rate\":%.1f}%n", count / (now () - begin));
        List<Query> or = new ArrayList<> (), filtered = new ArrayList<> ();
        for (String line : Files.readAllLines (Paths.get (given [1]))) {
            String [] columns = line.split ("\t");
            or.add (any (columns [0]));
            filtered.add (new BooleanQuery.Builder ().add (or.get (or.size () - 1), BooleanClause.Occur.MUST)
                .add (new TermQuery (new Term ("region", columns [1])), BooleanClause.Occur.FILTER).build ());
        }
        IndexSearcher searcher = new IndexSearcher (DirectoryReader.open (MMapDirectory.open (Paths.get (given [2]))));
        searcher.setQueryCache (null);
        PrintStream out = System.out;
        System.setOut (new PrintStream (OutputStream.nullOutputStream ())); // until it is compiled
        for (int i = 0; i < 3; i++) {
            ask (searcher, or);
            ask (searcher, filtered);
        }
        System.setOut (out);
        BufferedReader asked = new BufferedReader (new InputStreamReader (System.in));
        for (String line; (line = asked.readLine ()) != null; )
            ask (searcher, line.equals ("filtered") ? filtered : or);
    }
}
