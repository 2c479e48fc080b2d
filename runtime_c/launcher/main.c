/* main(): find the program, choose the entry point, start Python, run. */
#include "launcher/config.h"
#include "launcher/program.h"
#include "launcher/run.h"

int
main(int argc, char **argv)
{
    pb_program_open(argc, argv);
    pb_program_choose();
    pb_python_start();
    return pb_run_program();
}
