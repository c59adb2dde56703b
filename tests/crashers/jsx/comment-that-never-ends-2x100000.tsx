const a = 1;
/*
