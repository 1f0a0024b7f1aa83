// What scripts write into the project is in English, whatever the machine that they run on speaks. To be imported first.
process.env['LOGJAM_LANGUAGE'] = 'en';
