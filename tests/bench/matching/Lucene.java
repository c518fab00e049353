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

    static Query in (Query any, String region) {
        return new BooleanQuery.Builder ().add (any, BooleanClause.Occur.MUST)
            .add (new TermQuery (new Term ("region", region)), BooleanClause.Occur.FILTER).build ();
    }

    static double ask (IndexSearcher searcher, String how, int count) throws IOException {
        double begin = now ();
        for (int i = 0; i < count; i++)
            searcher.search (how.equals ("read") ? any (texts.get (i)) : how.equals ("filtered") ? filtered.get (i) : any.get (i), 10);
        return count / (now () - begin);
    }

    static final List<String> texts = new ArrayList<> ();
    static final List<Query> any = new ArrayList<> (), filtered = new ArrayList<> ();

    public static void main (String [] given) throws IOException {
        Directory directory = FSDirectory.open (Paths.get (given [2]));
        double begin = now ();
        long count = build (given [0], directory);
        System.out.printf (Locale.ROOT, "{\"rate\":%.1f}%n", count / (now () - begin));
        for (String line : Files.readAllLines (Paths.get (given [1]))) {
            String [] columns = line.split ("\t");
            texts.add (columns [0]);
            any.add (any (columns [0]));
            filtered.add (in (any.get (any.size () - 1), columns [1]));
        }
        IndexSearcher searcher = new IndexSearcher (DirectoryReader.open (MMapDirectory.open (Paths.get (given [2]))));
        searcher.setQueryCache (null);
        for (int i = 0; i < 3; i++) // until it is compiled
            for (String how : List.of ("any", "filtered", "read"))
                ask (searcher, how, texts.size ());
        BufferedReader asked = new BufferedReader (new InputStreamReader (System.in));
        for (String line; (line = asked.readLine ()) != null; ) {
            String [] words = line.split (" ");
            System.out.printf (Locale.ROOT, "{\"rate\":%.1f}%n", ask (searcher, words [0], Integer.parseInt (words [1])));
        }
    }
}
