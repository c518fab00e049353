// xapian.cc - the same by Xapian, with its Dutch stemmer. xapian OFFERS.tsv QUERIES.tsv DIRECTORY; answers as ours.c does.
#include <xapian.h>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <time.h>
#include <vector>

static double now ()
{
    struct timespec t;
    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

static std::vector<std::string> columns_of (const std::string &line)
{
    std::vector<std::string> all;
    std::stringstream from (line);
    for (std::string one; std::getline (from, one, '\t'); )
        all.push_back (one);
    return all;
}

static void build (const char *offers, const std::string &directory)
{
    Xapian::WritableDatabase to (directory + "/loose", Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
    Xapian::TermGenerator generator;
    generator.set_stemmer (Xapian::Stem ("dutch"));
    generator.set_stemming_strategy (Xapian::TermGenerator::STEM_ALL);
    std::ifstream from (offers);
    for (std::string line; std::getline (from, line); ) {
        auto columns = columns_of (line);
        Xapian::Document document;
        document.set_data (columns [0]);
        generator.set_document (document);
        generator.index_text_without_positions (columns [1] + " " + columns [2]);
        document.add_boolean_term ("XR" + columns [4]);
        to.add_document (document);
    }
    to.commit ();
    to.close ();
    Xapian::Database (directory + "/loose").compact (directory + "/compact", Xapian::DBCOMPACT_NO_RENUMBER);
}

int main (int argc, char *argv [])
{
    if (argc != 4)
        return 2;
    const std::string directory = argv [3];
    std::ifstream from (argv [2]);
    double begin = now ();
    build (argv [1], directory);
    std::ifstream offers (argv [1]);
    size_t count = 0;
    for (std::string line; std::getline (offers, line); )
        count++;
    printf ("{\"rate\":%.1f}\n", (double) count / (now () - begin));
    fflush (stdout);
    Xapian::QueryParser parser;
    parser.set_stemmer (Xapian::Stem ("dutch"));
    parser.set_stemming_strategy (Xapian::QueryParser::STEM_ALL);
    std::vector<std::string> texts;
    std::vector<Xapian::Query> any, filtered;
    for (std::string line; std::getline (from, line); ) {
        auto columns = columns_of (line);
        texts.push_back (columns [0]);
        any.push_back (parser.parse_query (columns [0], 0));
        filtered.push_back (Xapian::Query (Xapian::Query::OP_FILTER, any.back (), Xapian::Query ("XR" + columns [1])));
    }
    Xapian::Database database (directory + "/compact");
    Xapian::Enquire enquire (database);
    std::string how;
    for (size_t asked; std::cin >> how >> asked; ) {
        begin = now ();
        for (size_t i = 0; i < asked; i++) {
            enquire.set_query (how == "read" ? parser.parse_query (texts [i], 0) : how == "filtered" ? filtered [i] : any [i]);
            enquire.get_mset (0, 10);
        }
        printf ("{\"rate\":%.1f}\n", (double) asked / (now () - begin));
        fflush (stdout);
    }
}
